import { COMMANDS, type Command, HELP, type Option, SHELLS, VERSION } from './commands.js'

type Shell = (typeof SHELLS)[number]

export const isShell = (text: string | undefined): text is Shell => SHELLS.some((shell) => shell === text)

export function completionScript(shell: Shell): string {
  return { bash, zsh, fish }[shell]()
}

const names = COMMANDS.map(({ name }) => name).join(' ')
const flags = (options: readonly Option[]) => options.map(({ name }) => `--${name}`).join(' ')
const optionsOf = ({ options, passesOn }: Command) => (passesOn ? '' : flags([...options, HELP]))
const allOptions = [
  ...new Map(COMMANDS.flatMap(({ options }) => options).map((option) => [option.name, option])).values(),
]
const choosers = allOptions.filter(({ choices }) => choices)
const takers = (what: 'file' | 'folder') =>
  allOptions
    .filter(({ files }) => files === what)
    .map(({ name }) => `--${name}`)
    .join('|')
const ofOperand = (operand: Command['operand']) =>
  COMMANDS.filter((command) => command.operand === operand)
    .map(({ name }) => name)
    .join('|')

/** Names are asked of a running app only: a key press must not start one. */
const PROFILE_NAMES = 'tokendesk profiles --names --no-start 2>/dev/null'

/** Without bash-completion's helpers, and for the bash 3.2 of macOS. */
function bash(): string {
  return `# bash completion for tokendesk: source <(tokendesk completion bash)
_tokendesk() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command=\${COMP_WORDS[1]} words= name i
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W '${names} ${flags([HELP, VERSION])}' -- "$current"))
    return
  fi
  for ((i = 2; i < COMP_CWORD; i++)); do
    if [ "\${COMP_WORDS[i]}" = -- ]; then
      compopt -o default 2>/dev/null
      return
    fi
  done
  case $previous in
${choosers.map(({ name, choices = [] }) => `    --${name}) COMPREPLY=($(compgen -W '${choices.join(' ')}' -- "$current")); return ;;`).join('\n')}
    ${takers('file')}) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$current")); return ;;
    ${takers('folder')}) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -d -- "$current")); return ;;
  esac
  case $command in
${COMMANDS.map((command) => `    ${command.name}) words='${optionsOf(command)}' ;;`).join('\n')}
  esac
  case $current in
    -*) COMPREPLY=($(compgen -W "$words" -- "$current")); return ;;
  esac
  case $command in
    ${ofOperand('shell')}) COMPREPLY=($(compgen -W '${SHELLS.join(' ')}' -- "$current")) ;;
    ${ofOperand('command')}) COMPREPLY=($(compgen -W '${names}' -- "$current")) ;;
    ${ofOperand('profile')})
      current=\${current//\\\\/}
      while IFS= read -r name; do
        case $name in "$current"*) COMPREPLY+=("$(printf '%q' "$name")") ;; esac
      done < <(${PROFILE_NAMES})
      ;;
  esac
}
complete -F _tokendesk tokendesk
`
}

function zsh(): string {
  const quoted = (text: string) => text.replaceAll("'", "'\\''").replaceAll('[', '\\[').replaceAll(']', '\\]')
  const spec = ({ name, value, choices, files, repeatable, summary }: Option) => {
    const argument = choices
      ? `:${value}:(${choices.join(' ')})`
      : files
        ? `:${value}:${files === 'folder' ? '_files -/' : '_files'}`
        : ''
    return `'${repeatable ? '*' : ''}--${name}[${quoted(summary)}]${argument}'`
  }
  const operandOf = ({ operand, takesCommand }: Command) => {
    if (operand === 'shell') return ` '1:shell:(${SHELLS.join(' ')})'`
    if (operand === 'command') return ` '1:command:(${names})'`
    if (operand === null) return ''
    return ` '1:profile:_tokendesk_profiles'${takesCommand ? " '*::command:_normal'" : ''}`
  }
  return `#compdef tokendesk
# zsh completion for tokendesk: tokendesk completion zsh > a folder of $fpath, as _tokendesk
_tokendesk_profiles() {
  local -a found
  found=("\${(@f)$(${PROFILE_NAMES})}")
  compadd -- $found
}
_tokendesk() {
  local -a commands
  commands=(
${COMMANDS.map(({ name, summary }) => `    '${name}:${quoted(summary)}'`).join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    compadd -- ${flags([HELP, VERSION])}
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${COMMANDS.filter(({ passesOn }) => !passesOn)
  .map(
    (command) =>
      `    ${command.name}) _arguments ${[...command.options, HELP].map(spec).join(' ')}${operandOf(command)} ;;`,
  )
  .join('\n')}
  esac
}
if [ "$funcstack[1]" = _tokendesk ]; then _tokendesk "$@"; else compdef _tokendesk tokendesk; fi
`
}

function fish(): string {
  const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
  const none = `not __fish_seen_subcommand_from ${names}`
  const line = (condition: string, rest: string) => `complete -c tokendesk -n ${quoted(condition)} ${rest}`
  const option = ({ name, value, choices, files, summary }: Option) =>
    `-l ${name}${value ? ' -r' : ''}${choices ? ` -f -a ${quoted(choices.join(' '))}` : files ? ' -F' : ''} -d ${quoted(summary)}`
  const operand = {
    profile: `-a ${quoted(`(${PROFILE_NAMES})`)}`,
    shell: `-a ${quoted(SHELLS.join(' '))}`,
    command: `-a ${quoted(names)}`,
  }
  return `# fish completion for tokendesk: tokendesk completion fish > ~/.config/fish/completions/tokendesk.fish
complete -c tokendesk -f
${[
  ...[HELP, VERSION].map((shown) => line(none, option(shown))),
  ...COMMANDS.flatMap((command) => {
    const seen = `__fish_seen_subcommand_from ${command.name}`
    return [
      line(none, `-a ${command.name} -d ${quoted(command.summary)}`),
      ...(command.passesOn ? [] : [...command.options, HELP].map((shown) => line(seen, option(shown)))),
      ...(command.operand ? [line(seen, operand[command.operand])] : []),
    ]
  }),
].join('\n')}
`
}

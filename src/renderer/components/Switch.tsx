interface Props {
  readonly checked: boolean
  readonly onChange: (on: boolean) => void
  readonly children: string
}

export function Switch({ checked, onChange, children }: Props) {
  return (
    <label className="switch">
      <input type="checkbox" checked={checked} onChange={({ target }) => onChange(target.checked)} />
      {children}
    </label>
  )
}

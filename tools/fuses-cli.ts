import { packagedBinary, readFuses } from './fuses.js'

const fuses = await readFuses(process.argv[2] ?? packagedBinary('dist'))
for (const { name, isOn, isAsWanted } of fuses) {
  process.stdout.write(`${isAsWanted ? 'ok     ' : 'WRONG  '} ${name} is ${isOn ? 'on' : 'off'}\n`)
}
process.exitCode = fuses.every(({ isAsWanted }) => isAsWanted) ? 0 : 1

/** The load generator as a process of its own: runs the scenario it is asked for and answers with what it measured. */
import { fanOut } from './load-fan-out.ts'
import { join } from './load-join.ts'
import { openRooms } from './load-rooms.ts'
import { slowReader } from './load-slow-reader.ts'
import { writers } from './load-writers.ts'

const scenarios: Readonly<Record<string, (input: never) => Promise<unknown>>> = {
  writers,
  openRooms,
  fanOut,
  slowReader,
  join,
}

process.on('message', (message: { scenario: string; input: never }) => {
  const scenario = scenarios[message.scenario]
  const answer = (ok: boolean, value: unknown) => void process.send?.({ ok, value })
  if (!scenario) return answer(false, 'no such scenario')
  scenario(message.input).then(
    (value) => answer(true, value),
    (thrown: unknown) => answer(false, thrown instanceof Error ? thrown.stack : String(thrown)),
  )
})
process.on('disconnect', () => process.exit(0))

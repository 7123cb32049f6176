/** Words that pages load later are there from the start, so that what a test reads does not depend on when it reads. */
import { loadRefusals } from '#src/sync/refusal-speech.ts'

await loadRefusals()

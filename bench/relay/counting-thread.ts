/** The writer thread of production that also counts its commits, for the row that holds them against fsyncs. */
import { parentPort, workerData } from 'node:worker_threads'
import { createProjectorPlug } from '../../server/projection.ts'
import { serveWriter, type WriterStart } from '../../server/stores/writer-service.ts'

const counts = { commits: 0, updates: 0 }

serveWriter(parentPort!, workerData as WriterStart, (core, settings) => {
  core.follow((entries) => {
    counts.commits++
    counts.updates += entries.length
  })
  const plug = createProjectorPlug(core, settings)
  return { ...plug, answer: (name, payload) => (name === 'commits' ? counts : plug.answer(name, payload)) }
})

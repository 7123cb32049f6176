/** Composition root of the writer thread: the log's one writing connection, and what is plugged in beside it. */
import { parentPort, workerData } from 'node:worker_threads'
import { createProjectorPlug } from './projection.ts'
import { serveWriter, type WriterStart } from './stores/writer-service.ts'

if (!parentPort) throw new Error('the writer runs in a worker thread')
serveWriter(parentPort, workerData as WriterStart, createProjectorPlug)

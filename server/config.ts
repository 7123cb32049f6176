/** The environment, read once. A wrong value stops the start with the name, the value and what is allowed. */
import { z } from 'zod'
import { err, ok, type Result } from '#domain/result.ts'

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const
const switches = ['on', 'off'] as const

// prettier-ignore
const allowed = {
  PORT:      'a whole number from 0 to 65535 (0 = any free port)',
  HOST:      'an address to listen on, such as 127.0.0.1 or ::',
  ORIGIN:    'the address people type, such as https://port.example.org, without a path',
  DATA_DIR:  'a folder',
  PORTAL:    'the name of a file in content/portals, such as rizhao',
  SAMPLES:   switches.join(' | '),
  LOG_LEVEL: logLevels.join(' | '),
} as const
type Name = keyof typeof allowed

const Environment = z.object({
  PORT: z.coerce
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .pipe(z.int().max(65_535))
    .default(4321),
  HOST: z
    .string()
    .regex(/^[0-9A-Za-z.:-]+$/)
    .default('127.0.0.1'),
  ORIGIN: z.string().refine(isOrigin).optional(),
  DATA_DIR: z.string().min(1).default('./data'),
  PORTAL: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,30}$/)
    .default('rizhao'),
  SAMPLES: z.enum(switches).default('on'),
  LOG_LEVEL: z.enum(logLevels).default('info'),
})

export interface Config {
  readonly port: number
  readonly host: string
  /** Undefined: the address the server listens on. */
  readonly origin: string | undefined
  readonly dataDir: string
  readonly portal: string
  readonly samples: boolean
  readonly logLevel: (typeof logLevels)[number]
}
export interface ConfigFault {
  readonly kind: 'bad-environment'
  readonly lines: readonly string[]
}

/** Empty values count as not set, as shells and unit files write them. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Result<Config, ConfigFault> {
  const set = Object.fromEntries(Object.keys(allowed).flatMap((name) => (env[name] ? [[name, env[name]]] : [])))
  const parsed = Environment.safeParse(set)
  if (!parsed.success) {
    const names = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0]) as Name))]
    return err({
      kind: 'bad-environment',
      lines: names.map((name) => `${name}=${env[name]} is not allowed: ${allowed[name]}`),
    })
  }
  const { PORT, HOST, ORIGIN, DATA_DIR, PORTAL, SAMPLES, LOG_LEVEL } = parsed.data
  const rest = { dataDir: DATA_DIR, portal: PORTAL, samples: SAMPLES === 'on', logLevel: LOG_LEVEL }
  return ok({ port: PORT, host: HOST, origin: ORIGIN, ...rest })
}

function isOrigin(text: string): boolean {
  try {
    const url = new URL(text)
    return url.origin === text && /^https?:$/.test(url.protocol)
  } catch {
    return false
  }
}

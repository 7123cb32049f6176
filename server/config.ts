/** The environment, read once. A wrong value stops the start with the name, the value and what is allowed. */
import { z } from 'zod'
import { err, ok, type Result } from '#domain/result.ts'
import { readLimits, type LimitConfig } from './limit-config.ts'
import { readModeration, type ModeratorConfig } from './moderator-config.ts'

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
  OPERATOR_TOKEN: 'at least 24 letters, digits and signs without spaces',
  DISK_FLOOR_MB:  'a whole number of megabytes (0 = none)',
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
  OPERATOR_TOKEN: z
    .string()
    .regex(/^[!-~]{24,}$/)
    .optional(),
  DISK_FLOOR_MB: z.coerce
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .default(256),
})

export interface Config extends LimitConfig, ModeratorConfig {
  readonly port: number
  readonly host: string
  /** Undefined: the address the server listens on. */
  readonly origin: string | undefined
  readonly dataDir: string
  readonly portal: string
  readonly samples: boolean
  readonly logLevel: (typeof logLevels)[number]
  /** Shows /operator and /metrics from anywhere; undefined: from this machine only. */
  readonly operatorToken: string | undefined
  /** Free bytes on the data folder's disk under which the portal says it is not ready. */
  readonly diskFloorBytes: number
}
export interface ConfigFault {
  readonly kind: 'bad-environment'
  readonly lines: readonly string[]
}

/** Empty values count as not set, as shells and unit files write them. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Result<Config, ConfigFault> {
  const set = Object.fromEntries(Object.keys(allowed).flatMap((name) => (env[name] ? [[name, env[name]]] : [])))
  const parsed = Environment.safeParse(set)
  const limits = readLimits(env, (parsed.data?.DISK_FLOOR_MB ?? 0) * 1024 * 1024)
  const moderation = readModeration(env)
  if (!parsed.success || !limits.ok || !moderation.ok) {
    const issues = parsed.error?.issues ?? []
    const names = [...new Set(issues.map((issue) => String(issue.path[0]) as Name))]
    return err({
      kind: 'bad-environment',
      lines: [
        ...names.map(
          (name) => `${name}=${name === 'OPERATOR_TOKEN' ? '…' : env[name]} is not allowed: ${allowed[name]}`,
        ),
        ...(limits.ok ? [] : limits.error),
        ...(moderation.ok ? [] : moderation.error),
      ],
    })
  }
  const { PORT, HOST, ORIGIN, DATA_DIR, PORTAL, SAMPLES, LOG_LEVEL, OPERATOR_TOKEN, DISK_FLOOR_MB } = parsed.data
  const rest = { dataDir: DATA_DIR, portal: PORTAL, samples: SAMPLES === 'on', logLevel: LOG_LEVEL }
  const operator = { operatorToken: OPERATOR_TOKEN, diskFloorBytes: DISK_FLOOR_MB * 1024 * 1024 }
  return ok({ port: PORT, host: HOST, origin: ORIGIN, ...rest, ...operator, ...limits.value, ...moderation.value })
}

function isOrigin(text: string): boolean {
  try {
    const url = new URL(text)
    return url.origin === text && /^https?:$/.test(url.protocol)
  } catch {
    return false
  }
}

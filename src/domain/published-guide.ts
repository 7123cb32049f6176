/**
 * A guide that a business publishes: words, perhaps with a policy that a customer can run. It stands on the shelf of who signed
 * it, the owner or somebody he has delegated; `guide` names it for everyone, whoever signs a version: it is the id that a record
 * of the owner's with the draft's name as nonce has. Versions are numbered by those who publish, each number is given once.
 */
import * as z from 'zod/mini'
import { DraftName } from './delegation.ts'
import { Did } from './identity.ts'
import { locales } from './locale.ts'
import { plainText } from './plain-text.ts'
import { Policy } from './policy-schema.ts'
import { faultsOfPolicy } from './policy-windows.ts'
import { idOf, RecordId } from './record.ts'
import { refusalsOf, type Refusal } from './refusal.ts'
import { err, ok, type Result } from './result.ts'
import { sha256, utf8, type Bytes } from './bytes.ts'
import { bytesOf, parseRichText, richTextBytes, type RichText, type RichTextFault } from './rich-text.ts'

/** `withdrawn` ends it; its versions can still be read. */
export const guideStates = ['live', 'withdrawn'] as const

const said = {
  owner: Did,
  draft: DraftName,
  guide: RecordId,
  version: z.int().check(z.positive(), z.maximum(100_000)),
  state: z.enum(guideStates),
  lang: z.enum(locales),
  title: plainText(4, 60, 'title-length'),
  summary: plainText(10, 200, 'text-length'),
  sample: z.optional(z.literal(true)),
}
const Rows = z.strictObject({ ...said, text: z.unknown(), policy: z.optional(z.unknown()) })

export type GuideBody = z.infer<z.ZodMiniObject<typeof said>> & {
  readonly text: RichText
  readonly policy?: Policy | undefined
}

export const guideIdOf = (owner: Did, draft: string): Promise<RecordId> => idOf(owner, draft)

/** A version of the owner's has the draft's own name as its nonce; a member's one that follows from it. */
export const memberNonceOf = async (owner: Did, draft: string): Promise<Bytes> =>
  (await sha256(utf8(`guide\n${owner}\n${draft}`))).slice(0, 16)

/** A published policy goes by its guide's name, so that none is taken for one of the portal's. */
export const policyIdOf = (guide: string): string => `u-${guide}`
export const guideOfPolicy = (policy: string): string | undefined => /^u-([a-z2-7]{26})$/.exec(policy)?.[1]

/** All that is wrong with it, or the guide. */
export function parseGuide(body: unknown): Result<GuideBody, readonly Refusal[]> {
  const rows = Rows.safeParse(body)
  if (!rows.success) return err(refusalsOf(rows.error))
  const { text: written, policy: ruled, ...rest } = rows.data
  const text = parseRichText(written)
  const policy = ruled === undefined ? ok(undefined) : policyIn(ruled, rest)
  if (!text.ok || !policy.ok)
    return err([...(text.ok ? [] : [textRefusal(text.error, written)]), ...(policy.ok ? [] : policy.error)])
  return ok({ ...rest, text: text.value, ...(policy.value && { policy: policy.value }) })
}

const textRefusal = ({ kind, at }: RichTextFault, written: unknown): Refusal =>
  kind === 'too-large'
    ? { rule: 'guide-length', field: 'text', limit: String(richTextBytes), got: String(bytesOf(written)) }
    : { rule: 'guide-text', field: 'text', got: at.slice(0, 60) }

type Named = Pick<GuideBody, 'guide' | 'version'>

/** Where two rows do not fit, both articles are named; nobody publishes a statute, or under another's name. */
function policyIn(ruled: unknown, { guide, version }: Named): Result<Policy, readonly Refusal[]> {
  const parsed = Policy.safeParse(ruled)
  if (!parsed.success) return err(faultsIn(ruled, parsed.error))
  const { id, version: own, layer } = parsed.data
  const isNamed = id === policyIdOf(guide) && own === version && layer !== 'statute'
  return isNamed ? ok(parsed.data) : err([{ rule: 'policy-name', field: 'policy' }])
}

const mostFaults = 5

function faultsIn(ruled: unknown, error: z.core.$ZodError): readonly Refusal[] {
  const onlySeams = error.issues.every(({ code, path }) => code === 'custom' && path.join() === 'grants')
  const faults = onlySeams ? faultsOfPolicy(ruled as Policy).slice(0, mostFaults) : []
  return faults.length > 0
    ? faults.map(({ kind, articles }) => ({
        rule: 'policy-faulty',
        field: 'policy',
        limit: kind,
        got: articles.join(', '),
      }))
    : [{ rule: 'bad-shape', field: ['policy', ...(error.issues[0]?.path ?? [])].join('.').slice(0, 60) }]
}

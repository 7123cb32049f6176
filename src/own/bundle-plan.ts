/** What would come of a file: looked at record by record before anything is written, with the rule for what will not come. */
import type * as Y from 'yjs'
import type { BringAction, Bundle, BundleContent } from '#domain/bundle.ts'
import { matchesCommitment, type HeldContact } from '#domain/contact.ts'
import type { Did, KeyUse } from '#domain/identity.ts'
import { lifeOf } from '#domain/life.ts'
import type { ListingBody, Town } from '#domain/listing.ts'
import { ProfileBody } from '#domain/profile.ts'
import { parseGuide } from '#domain/published-guide.ts'
import { compareRevisions, openRecord, rankOf, type OpenRecord, type Ranked, type RecordId } from '#domain/record.ts'
import { refusalsOf, type Refusal } from '#domain/refusal.ts'
import { freshTexts, type WorkspaceTexts } from './workspace-texts.ts'
import { submissionOf, valuesOfBody, type DraftValues } from '#src/listings/draft-values.ts'

export interface PlanLine {
  /** From 1, its place in the file. */
  readonly line: number
  readonly kind: string
  readonly title: string
  readonly action: BringAction
  readonly refusals: readonly Refusal[]
  readonly record?: OpenRecord
  readonly use?: KeyUse
  /** Of a listing, as the form would have it. */
  readonly values?: DraftValues
  /** What answers for it, by the slot it lay in. */
  readonly contact?: { readonly slot: string; readonly held: HeldContact } | undefined
}

export interface Plan {
  readonly bundle: Bundle
  /** Whether this browser has the key that made the file. */
  readonly isMine: boolean
  readonly isHere: boolean
  /** Of the private workspace: what is not here yet. */
  readonly fresh: WorkspaceTexts
  readonly lines: readonly PlanLine[]
}

export interface PlanDeps {
  readonly workspace: Y.Doc
  readonly town: Town
  /** Keys of this browser. */
  readonly mine: ReadonlyMap<Did, KeyUse>
  readonly known: (use: KeyUse, id: RecordId) => Ranked | undefined
  /** The house rules. */
  readonly check: (values: DraftValues) => readonly Refusal[]
  readonly now: number
}

export async function planOf(bundle: Bundle, deps: PlanDeps): Promise<Plan> {
  const { content } = bundle
  const lines: PlanLine[] = []
  for (const key of content.keys) {
    const names = await nameIn(key.records, content.portal)
    for (const text of key.records) {
      const line = await lineOf(text, { key, name: names, content }, deps)
      lines.push({ ...line, line: lines.length + 1 })
    }
  }
  return {
    bundle,
    lines,
    fresh: freshTexts(deps.workspace, content.workspace),
    isMine: deps.mine.has(content.author),
    isHere: content.portal === deps.town.portal.id,
  }
}

interface Place {
  readonly key: BundleContent['keys'][number]
  readonly name: string | undefined
  readonly content: BundleContent
}
type Line = Omit<PlanLine, 'line'>

/** Whose name stands at the listings. */
async function nameIn(records: readonly string[], portal: string): Promise<string | undefined> {
  for (const text of records) {
    const opened = await openRecord(text, portal)
    if (opened.ok && opened.value.envelope.kind === 'profile')
      return ProfileBody.safeParse(opened.value.envelope.body).data?.name
  }
  return undefined
}

async function lineOf(text: string, { key, name, content }: Place, deps: PlanDeps): Promise<Line> {
  const opened = await openRecord(text, content.portal)
  const no = (refusal: Refusal): Line => ({ kind: '', title: '', action: 'refused', refusals: [refusal] })
  if (!opened.ok) return no(opened.error)
  const record = opened.value
  const { author, kind, id, body } = record.envelope
  if (author !== key.did) return no({ rule: 'wrong-author' })
  const use = deps.mine.get(author)
  const title = typeof body['title'] === 'string' ? body['title'] : typeof body['name'] === 'string' ? body['name'] : ''
  const said = { kind, title, record, refusals: [], ...(use && { use }) }
  const head = use && deps.known(use, id)
  const isHere = content.portal === deps.town.portal.id
  if (head && (!isHere || compareRevisions(head, rankOf(record)) >= 0)) return { ...said, action: 'known' }
  if (kind === 'listing') return listingLine(said, { key, name, isHere }, deps)
  if (kind === 'delegation' || kind === 'label' || (kind === 'end' && !isHere) || !use)
    return { ...said, action: 'stays' }
  if (isHere) return { ...said, action: 'put' }
  const refusals = faultsOf(record)
  return { ...said, refusals, action: refusals.length > 0 ? 'refused' : 'publish' }
}

/** Of what is signed again as it was. */
function faultsOf({ envelope: { kind, body, author } }: OpenRecord): readonly Refusal[] {
  if (kind === 'profile') {
    const parsed = ProfileBody.safeParse(body)
    return parsed.success ? [] : refusalsOf(parsed.error)
  }
  const parsed = parseGuide(body)
  if (!parsed.ok) return parsed.error
  return parsed.value.owner === author ? [] : [{ rule: 'not-delegated' }]
}

interface ListingPlace extends Pick<Place, 'key' | 'name'> {
  readonly isHere: boolean
}

async function listingLine(
  said: Omit<Line, 'action'> & { readonly record: OpenRecord },
  { key, name, isHere }: ListingPlace,
  { town, check, now }: PlanDeps,
): Promise<Line> {
  const body = said.record.envelope.body as unknown as ListingBody // signed by its author, and perhaps for other categories
  const contact = await contactFor(said.record, key.contacts)
  if (said.use && isHere) return { ...said, contact, action: 'put' }
  const { renewedAt } = said.record.envelope
  if (lifeOf({ renewedAt, receivedAt: renewedAt, validDays: body.validDays, state: body.state }, now) !== 'live')
    return { ...said, action: 'over' }
  const values = valuesIn(body)
  if (!values) return { ...said, action: 'refused', refusals: [{ rule: 'bad-shape' }] }
  const typed = {
    ...values,
    ...(name !== undefined && { name }),
    ...(contact && { contactKind: contact.held.contact.kind, contactValue: contact.held.contact.value }),
  }
  const checked = submissionOf(town, typed)
  const refusals = [...(checked.ok ? [] : checked.error), ...check(typed)]
  return { ...said, values: typed, contact, refusals, action: said.use && refusals.length === 0 ? 'publish' : 'draft' }
}

function valuesIn(body: ListingBody): DraftValues | undefined {
  try {
    const values = valuesOfBody(body)
    return Object.values(values).every((value) => typeof value === 'string') ? values : undefined
  } catch {
    return undefined
  }
}

async function contactFor({ envelope }: OpenRecord, contacts: Place['key']['contacts']): Promise<PlanLine['contact']> {
  const promise = envelope.body['contact']
  if (typeof promise !== 'string') return undefined
  for (const [slot, held] of Object.entries(contacts))
    if (slot.startsWith(`${envelope.id}/`) && (await matchesCommitment(held, promise))) return { slot, held }
  return undefined
}

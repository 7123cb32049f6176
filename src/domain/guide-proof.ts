/**
 * Whether a guide is what its business published, for readers who take nobody's word for it: the version is signed, by the owner
 * or by a member with the owner's own signed delegation to publish this draft at that time. That a delegation had been
 * taken back before is known to the relay alone: its journal has the order.
 */
import { DelegationBody, delegates } from './delegation.ts'
import { guideIdOf, type GuideBody } from './published-guide.ts'
import { openRecord } from './record.ts'
import { spelled } from './spelling.ts'

export interface ShownGuide {
  readonly guide: string
  readonly owner: string
  readonly author: string
  readonly body: GuideBody
}
export interface GuideProof {
  readonly portal: string
  readonly record: string
  /** The owner's record that lets the author publish, where they are not the same. */
  readonly delegation?: string | undefined
}

export async function guideVouchedBy(
  shown: ShownGuide,
  { portal, record, delegation }: GuideProof,
): Promise<'owner' | 'member' | undefined> {
  const opened = await openRecord(record, portal)
  if (!opened.ok) return undefined
  const { kind, author, body, updatedAt } = opened.value.envelope
  const isShown = kind === 'guide' && author === shown.author && spelled(body) === spelled(shown.body)
  const { owner, draft, guide } = shown.body
  const isNamed = owner === shown.owner && guide === shown.guide && guide === (await guideIdOf(owner, draft))
  if (!isShown || !isNamed) return undefined
  if (author === owner) return 'owner'

  const given = await openRecord(delegation, portal)
  if (!given.ok || given.value.envelope.kind !== 'delegation' || given.value.envelope.author !== owner) return undefined
  const told = DelegationBody.safeParse(given.value.envelope.body)
  const may =
    told.success && told.data.member === author && delegates(told.data, { draft, role: 'publisher', at: updatedAt })
  return may ? 'member' : undefined
}

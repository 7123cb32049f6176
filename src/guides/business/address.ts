/**
 * What stands after the `#` of the business page, so that no server ever sees it:
 *
 *   draft=<owner>~<draft>                               a draft, the owner's or one he shares
 *   invite=<owner>~<draft or all>~<role>~<days>         the owner's link to a member
 *   ask=<owner>~<member>~<draft or all>~<role>~<days>   the member's answer, which the owner confirms
 */
import { DraftName, everyDraft, longestDelegationDays, memberRoles, type MemberRole } from '#domain/delegation.ts'
import { isDid, type Did } from '#domain/identity.ts'

export interface DraftRef {
  readonly owner: Did
  readonly draft: string
}
export interface Invitation {
  readonly owner: Did
  /** A draft's name, or `all`. */
  readonly draft: string
  readonly role: MemberRole
  readonly days: number
}
export type Asked = Invitation & { readonly member: Did }

export type Place =
  | ({ readonly kind: 'draft' } & DraftRef)
  | ({ readonly kind: 'invite' } & Invitation)
  | ({ readonly kind: 'ask' } & Asked)

export const hashOf = (place: Place): string => {
  const { owner, draft } = place
  if (place.kind === 'draft') return `#draft=${owner}~${draft}`
  const { role, days } = place
  return place.kind === 'invite'
    ? `#invite=${[owner, draft, role, days].join('~')}`
    : `#ask=${[owner, place.member, draft, role, days].join('~')}`
}

/** Undefined for what is none of them: then the page shows everything. */
export function placeIn(hash: string): Place | undefined {
  const [, kind = '', rest = ''] = /^#(draft|invite|ask)=(.+)$/.exec(hash) ?? []
  const [owner = '', ...parts] = decoded(rest).split('~')
  if (!isDid(owner)) return undefined
  if (kind === 'draft') {
    const [draft = '', ...more] = parts
    return isDraft(draft) && more.length === 0 ? { kind, owner, draft } : undefined
  }
  if (kind === 'invite') {
    const invitation = invitationIn(owner, parts)
    return invitation && { kind, ...invitation }
  }
  const [member = '', ...terms] = parts
  const invitation = invitationIn(owner, terms)
  return kind === 'ask' && isDid(member) && invitation ? { kind, member, ...invitation } : undefined
}

/** Nothing where somebody cut a link in two. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}

function invitationIn(owner: Did, [draft = '', named, length, ...more]: readonly string[]): Invitation | undefined {
  const role = memberRoles.find((one) => one === named)
  const days = Number(length)
  const isGood = (isDraft(draft) || draft === everyDraft) && Number.isInteger(days) && days > 0
  return isGood && role && days <= longestDelegationDays && more.length === 0 ? { owner, draft, role, days } : undefined
}

const isDraft = (text: string): boolean => DraftName.safeParse(text).success

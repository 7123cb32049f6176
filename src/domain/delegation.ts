/**
 * Who may write and publish for a business: a record of the owner's that names another key, what it may do, in which draft,
 * and until when. It is taken back by a next revision that says so. One for each member and draft: its nonce follows from both.
 */
import * as z from 'zod/mini'
import { sha256, utf8, type Bytes } from './bytes.ts'
import { Did } from './identity.ts'
import { lastInstant } from './time.ts'

/** An editor writes drafts; a publisher also publishes them in the owner's name. */
export const memberRoles = ['editor', 'publisher'] as const
export type MemberRole = (typeof memberRoles)[number]

/** Names a draft within what is its owner's: 16 random bytes. */
export const DraftName = z.string().check(z.regex(/^[A-Za-z0-9_-]{22}$/))
export const everyDraft = 'all'

export const longestDelegationDays = 366

export const DelegationBody = z.strictObject({
  member: Did,
  role: z.enum(memberRoles),
  draft: z.union([DraftName, z.literal(everyDraft)]),
  until: z.int('delegation-time').check(z.nonnegative('delegation-time'), z.maximum(lastInstant, 'delegation-time')),
  revoked: z.boolean(),
})
export type DelegationBody = z.infer<typeof DelegationBody>

export const delegationNonceOf = async ({ member, draft }: Pick<DelegationBody, 'member' | 'draft'>): Promise<Bytes> =>
  (await sha256(utf8(`delegation\n${member}\n${draft}`))).slice(0, 16)

/** Whether it lets its member write this draft at this time; with `publisher`, publish it too. */
export const delegates = (
  { role, draft, until, revoked }: Pick<DelegationBody, 'role' | 'draft' | 'until' | 'revoked'>,
  asked: { readonly draft: string; readonly role: MemberRole; readonly at: number },
): boolean =>
  !revoked &&
  asked.at < until &&
  (draft === everyDraft || draft === asked.draft) &&
  (role === 'publisher' || asked.role === 'editor')

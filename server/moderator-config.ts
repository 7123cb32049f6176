/** Moderation in the environment: whose labels count, and what a key that is new here may have live. */
import { isDid } from '#domain/identity.ts'
import { err, ok, type Result } from '#domain/result.ts'

export interface ModeratorConfig {
  /** dids; without any, reports are kept and nobody decides. */
  readonly moderators: readonly string[]
  /** 0: as many as any. */
  readonly newKeyListings: number
}
const standardNewKeyListings = 3
const mostNewKeyListings = 200

export function readModeration(
  env: Readonly<Record<string, string | undefined>>,
): Result<ModeratorConfig, readonly string[]> {
  const moderators = (env['MODERATORS'] ?? '').split(/[\s,]+/).filter((entry) => entry !== '')
  const wrong = moderators.find((entry) => !isDid(entry))
  const listings = env['NEW_KEY_LISTINGS'] || String(standardNewKeyListings)
  const isCount = /^\d{1,3}$/.test(listings) && Number(listings) <= mostNewKeyListings
  const lines = [
    ...(wrong === undefined
      ? []
      : [`MODERATORS=${wrong} is not allowed: keys such as did:key:z6Mk…, as /me shows them`]),
    ...(isCount
      ? []
      : [`NEW_KEY_LISTINGS=${listings} is not allowed: 0 to ${mostNewKeyListings} (0 = as many as any)`]),
  ]
  if (lines.length > 0) return err(lines)
  return ok({ moderators, newKeyListings: env['LIMITS'] === 'off' ? 0 : Number(listings) })
}

/** Money is whole fen (1 yuan = 100 fen), never a float. */
import { err, ok, type Result } from './result.ts'

export const maxFen = 10_000_000_000 // 100 million yuan: above any flat or firm that is sold on a board

export type MoneyFault = { readonly kind: 'price-form' } | { readonly kind: 'price-range'; readonly maxFen: number }

/** What a person types into a price field: `1,200`, `１２００`, `1200.5`. At most two decimals; no signs, no exponents. */
export function fenOfText(text: string, limit: number = maxFen): Result<number, MoneyFault> {
  const plain = text.normalize('NFKC').trim().replace(/^¥/, '').replace(/元$/, '').replaceAll(',', '').trim()
  const match = /^(\d{1,15})(?:\.(\d{1,2}))?$/.exec(plain)
  if (!match) return err({ kind: 'price-form' })
  const fen = Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'))
  return fen <= limit ? ok(fen) : err({ kind: 'price-range', maxFen: limit })
}

/** `235000` -> `2,350`, `80050` -> `800.50`: the number alone, its unit stands beside it. */
export function yuanOfFen(fen: number): string {
  const yuan = Math.trunc(fen / 100)
  const rest = fen % 100
  const grouped = String(yuan).replace(/\B(?=(\d{3})+(?!\d))/g, ',')
  return rest === 0 ? grouped : `${grouped}.${String(rest).padStart(2, '0')}`
}

/** Pictures that other apps show beside an address, as answers. */
import type { PreviewCard } from '#domain/preview.ts'
import { wordIn, type Locale } from '#domain/locale.ts'
import { town } from '#src/i18n/town.ts'
import { icons, type IconName } from '#src/ui/icons.ts'
import { tintsOf } from '#src/ui/tints.ts'

type Said = Pick<PreviewCard, 'title' | 'note'> & Partial<Pick<PreviewCard, 'amount' | 'unit' | 'cover'>>

export async function previewAnswer(
  { locale, draw }: Pick<App.Locals, 'locale' | 'draw'>,
  icon: IconName,
  said: Said,
): Promise<Response> {
  const picture = await draw({ amount: '', unit: '', ...said, ...look(locale), icon: icons[icon] })
  return new Response(new Uint8Array(picture), { headers: { 'content-type': 'image/jpeg' } })
}

function look(locale: Locale): Pick<PreviewCard, 'town' | 'ground' | 'accent'> {
  const { 'sea-600': top = '', 'sea-900': bottom = '', 'buoy-500': accent = '' } = tintsOf(town.portal.colour)
  return { town: wordIn(town.portal.name, locale), ground: [top, bottom], accent }
}

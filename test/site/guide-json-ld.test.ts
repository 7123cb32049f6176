// @vitest-environment node
/** What search engines read of a guide: an article or steps, and the promises of its policy. */
import { expect, it } from 'vitest'
import { guideNodes } from '#src/pages/_parts/guide-json-ld.ts'
import { jsonLd } from '#src/pages/_parts/json-ld.ts'
import { writtenGuide } from '../fixtures/guides.ts'

const url = 'https://town.example/guides/x'
const headings = [
  { depth: 2, slug: 'first', text: 'First' },
  { depth: 3, slug: 'detail', text: 'Detail' },
  { depth: 2, slug: 'second', text: 'Second' },
]
function nodesOf(id: string, change: Readonly<Record<string, unknown>> = {}) {
  const told = { ...writtenGuide(id, 'en').front, ...change } as unknown as Parameters<typeof guideNodes>[0]
  return guideNodes(told, { locale: 'en', headings, url }) as { readonly '@graph': readonly Record<string, unknown>[] }
}

it('a how-to has its parts as steps, in order, each with its place on the page', () => {
  const [guide] = nodesOf('return-step-by-step')['@graph']
  expect(guide).toMatchObject({
    '@type': 'HowTo',
    name: 'A return, step by step',
    inLanguage: 'en',
    dateModified: '2026-11-26',
    step: [
      { '@type': 'HowToStep', position: 1, name: 'First', url: `${url}#first` },
      { '@type': 'HowToStep', position: 2, name: 'Second', url: `${url}#second` },
    ],
  })
})

it('an article has a headline and no steps', () => {
  const [guide, ...others] = nodesOf('tickets-and-sla')['@graph']
  expect(guide).toMatchObject({ '@type': 'Article', headline: expect.stringContaining('SLA') })
  expect(guide).not.toHaveProperty('step')
  expect(others).toEqual([])
})

it('is about the promises of its policy, which stand beside it', () => {
  const [guide, ...promises] = nodesOf('return-step-by-step')['@graph']
  expect(promises.map((node) => node['@type'])).toEqual([
    'MerchantReturnPolicy',
    'MerchantReturnPolicy',
    'WarrantyPromise',
  ])
  expect(guide?.['about']).toEqual(promises.map((node) => ({ '@id': node['@id'] })))
})

it('cannot end its script element', () => {
  const text = jsonLd(nodesOf('tickets-and-sla', { title: '</script><img>' }))
  expect(text).not.toContain('<')
})

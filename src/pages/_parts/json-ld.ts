/** What search engines read of a listing, by the type its category names. Wishes, CVs and what is over are not marked up. */
import { blobPath, longestSide } from '#domain/blob-path.ts'
import type { Category, FieldValue } from '#domain/category.ts'
import { wordIn, type Locale } from '#domain/locale.ts'
import type { ListingBody } from '#domain/listing.ts'
import { payOf } from '#domain/pay.ts'
import type { ListingView } from '#domain/read-model.ts'
import { districtOf, town } from '#src/i18n/town.ts'

/** JSON for a script element: without `<` no text in it can end the element. */
export const jsonLd = (value: object): string => JSON.stringify(value).replaceAll('<', '\\u003c')

type Node = Record<string, unknown>

const wishes = ['wanted', 'seeking', 'passenger', 'join']

export function jsonLdOf(category: Category, view: ListingView, at: { url: string; locale: Locale }): Node | undefined {
  if (!category.jsonLd || category.noIndex || view.life !== 'live' || wishes.includes(view.body.intent))
    return undefined
  return { '@context': 'https://schema.org', ...nodeOf[category.jsonLd]({ view, category, ...at }) }
}

interface Facts {
  readonly view: ListingView
  readonly category: Category
  readonly url: string
  readonly locale: Locale
}

const nodeOf: Readonly<Record<NonNullable<Category['jsonLd']>, (facts: Facts) => Node>> = {
  Product: (facts) => ({ '@type': 'Product', ...named(facts), ...brand(facts), ...offers(facts) }),
  Car: (facts) => (vehicleTypes[facts.view.body.sub] ? vehicleOf(facts) : nodeOf.Product(facts)), // parts are no vehicle
  JobPosting: jobOf,
  RealEstateListing: homeOf,
  Service: (facts) => ({
    '@type': 'Service',
    ...named(facts),
    provider: posterOf(facts, 'LocalBusiness'),
    areaServed: text(facts, 'areaServed') ?? placeOf(facts),
    ...offers(facts),
  }),
  Course: (facts) => ({
    '@type': 'Course',
    ...named(facts),
    provider: posterOf(facts, 'Organization'),
    hasCourseInstance: {
      '@type': 'CourseInstance',
      courseMode: 'Onsite',
      startDate: text(facts, 'startsOn'),
      endDate: text(facts, 'endsOn'),
      location: text(facts, 'place') ?? placeOf(facts),
    },
    ...offers(facts),
  }),
  Event: (facts) => ({
    '@type': 'Event',
    ...named(facts),
    startDate: text(facts, 'startsOn'),
    endDate: text(facts, 'endsOn'),
    eventStatus: 'https://schema.org/EventScheduled',
    location: { '@type': 'Place', name: text(facts, 'place'), address: placeOf(facts) },
    organizer: posterOf(facts, 'Organization'),
    ...offers(facts),
  }),
}

// prettier-ignore
const vehicleTypes: Readonly<Record<string, string>> = {
  car: 'Car', suv: 'Car', van: 'Car', motorcycle: 'Motorcycle', ebike: 'MotorizedBicycle',
}

function vehicleOf(facts: Facts): Node {
  const km = facts.view.body.fields['km']
  return {
    '@type': vehicleTypes[facts.view.body.sub],
    ...named(facts),
    ...brand(facts),
    model: text(facts, 'model'),
    dateVehicleFirstRegistered: text(facts, 'registeredIn'),
    mileageFromOdometer:
      typeof km === 'number' ? { '@type': 'QuantitativeValue', value: km, unitCode: 'KMT' } : undefined,
    vehicleTransmission: chosen(facts, 'gearbox'),
    fuelType: chosen(facts, 'fuel'),
    ...offers(facts),
  }
}

const employmentTypes: Readonly<Record<string, string>> = {
  'full-time': 'FULL_TIME',
  'part-time': 'PART_TIME',
  temporary: 'TEMPORARY',
  internship: 'INTERN',
}
const payUnits: Readonly<Record<string, string>> = { month: 'MONTH', day: 'DAY', hour: 'HOUR' }

function jobOf(facts: Facts): Node {
  const { view } = facts
  const pay = payOf(view.body.fields)
  const unitText = pay && payUnits[pay.unit]
  const value = pay && { '@type': 'QuantitativeValue', minValue: pay.min, maxValue: pay.max, unitText }
  return {
    '@type': 'JobPosting',
    title: view.body.title,
    description: view.body.text,
    url: facts.url,
    identifier: { '@type': 'PropertyValue', name: wordIn(town.portal.name, facts.locale), value: view.id },
    datePosted: isoOf(view.renewedAt),
    validThrough: isoOf(view.until),
    employmentType: employmentTypes[String(view.body.fields['workKind'])],
    hiringOrganization: { '@type': 'Organization', name: text(facts, 'firm') ?? view.body.firm ?? view.name },
    jobLocation: { '@type': 'Place', address: placeOf(facts) },
    baseSalary: unitText && { '@type': 'MonetaryAmount', currency: 'CNY', value },
  }
}

// prettier-ignore
const homeTypes: Readonly<Record<string, string>> = { flat: 'Apartment', studio: 'Apartment', courtyard: 'House' }

function homeOf(facts: Facts): Node {
  const { rooms, area } = facts.view.body.fields
  return {
    '@type': 'RealEstateListing',
    ...named(facts),
    datePosted: isoOf(facts.view.renewedAt),
    about: {
      '@type': homeTypes[facts.view.body.sub] ?? 'Accommodation',
      numberOfBedrooms: rooms,
      floorSize: typeof area === 'number' ? { '@type': 'QuantitativeValue', value: area, unitCode: 'MTK' } : undefined,
      address: placeOf(facts),
    },
    ...offers(facts),
  }
}

const named = ({ view, url }: Facts): Node => ({
  name: view.body.title,
  description: view.body.text,
  url,
  image: view.body.photos?.map(({ hash }) => new URL(blobPath(hash, longestSide), url).href),
})
const brand = (facts: Facts): Node => ({
  brand: text(facts, 'brand') && { '@type': 'Brand', name: text(facts, 'brand') },
})
const isoOf = (at: number): string => new Date(at).toISOString()

const used = 'https://schema.org/UsedCondition'
const conditions: Readonly<Record<string, string>> = {
  new: 'https://schema.org/NewCondition',
  'like-new': used,
  good: used,
  worn: used,
  faulty: 'https://schema.org/DamagedCondition',
}

function offers({ view, url }: Facts): Node {
  if (view.body.priceFen === null) return {}
  const money = { price: view.body.priceFen / 100, priceCurrency: 'CNY' }
  const isRent = view.body.intent === 'rent' // its price is one of a month
  return {
    offers: {
      '@type': 'Offer',
      ...(isRent
        ? { priceSpecification: { '@type': 'UnitPriceSpecification', ...money, unitCode: 'MON' } }
        : { ...money, priceValidUntil: isoOf(view.until).slice(0, 10) }),
      availability: 'https://schema.org/InStock',
      itemCondition: conditions[String(view.body.fields['condition'])],
      url,
    },
  }
}

const posterOf = ({ view }: Facts, type: string): Node => ({
  '@type': view.body.poster === 'person' ? 'Person' : type,
  name: view.body.firm ?? view.name,
})

function placeOf({ view, locale }: Facts): Node {
  const district = districtOf(view.body.district)
  return {
    '@type': 'PostalAddress',
    addressCountry: 'CN',
    addressRegion: wordIn(town.portal.city, locale),
    addressLocality: district && wordIn(district.name, locale),
  }
}

const text = ({ view }: Facts, id: string): string | undefined => stringOf(view.body.fields, id)
const stringOf = (fields: ListingBody['fields'], id: string): string | undefined => {
  const value: FieldValue | undefined = fields[id]
  return typeof value === 'string' ? value : undefined
}

function chosen({ category, view, locale }: Facts, id: string): string | undefined {
  const field = category.fields.find((one) => one.id === id)
  const option = field?.type === 'choice' ? field.options.find((one) => one.id === view.body.fields[id]) : undefined
  return option && wordIn(option.name, locale)
}

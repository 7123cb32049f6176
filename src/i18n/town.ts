/** The town this site is built for, as pages and islands read it. A test and the server's start check `content` against its schemas. */
import portal from '#portal.json'
import type { Category } from '#domain/category.ts'
import type { Town } from '#domain/listing.ts'
import categories from '../../content/categories.json'

export const town = { portal, categories } as unknown as Town

export const categoryOf = (id: string): Category | undefined => town.categories.find((category) => category.id === id)
export const districtOf = (id: string) => town.portal.districts.find((district) => district.id === id)

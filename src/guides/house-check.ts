/** The house rules over what a business writes; loaded when somebody starts to type, with the tables it needs. */
import { refusalsOfGuide, refusalsOfName, type HouseWords } from '#domain/house-rules.ts'
import type { ProfileBody } from '#domain/profile.ts'
import type { Refusal } from '#domain/refusal.ts'
import house from '../../content/house-words.json'

export const guideAgainstHouse = (guide: Parameters<typeof refusalsOfGuide>[1]): readonly Refusal[] =>
  refusalsOfGuide(house as HouseWords, guide)

export const profileAgainstHouse = (profile: ProfileBody): readonly Refusal[] =>
  refusalsOfName(house as HouseWords, profile)

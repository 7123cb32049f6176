/** A Vite plugin: the names of scripts change when the words made for them would, since a browser keeps a named file for ever. */
import type { Plugin } from 'vite'
import overrides from '../../content/zh-hant.json' with { type: 'json' }

export const hashedWords = (): Plugin => ({
  name: 'hashed-words',
  applyToEnvironment: ({ config }) => config.consumer === 'client',
  augmentChunkHash: () => JSON.stringify(overrides),
})

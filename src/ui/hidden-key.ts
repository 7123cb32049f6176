/** Of localStorage: the style sheet by which this device leaves out what some keys publish (hidden-style.ts). */
export const hiddenStyleKey = 'xxg-hidden'

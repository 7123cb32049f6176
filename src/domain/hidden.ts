/** What moderators have hidden, in short, for whoever keeps copies: `GET /labels.json` is {"hidden":[ids]}, of 90 days. */
export const labelsPath = '/labels.json'
/** The browser's cache that keeps it for the time without a network. */
export const labelsCache = 'labels'

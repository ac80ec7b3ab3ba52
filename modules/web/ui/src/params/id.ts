/** Ids are positive; more digits than JavaScript holds exactly are nobody's. */
export const match = (text: string): boolean => /^[1-9]\d{0,14}$/.test(text);

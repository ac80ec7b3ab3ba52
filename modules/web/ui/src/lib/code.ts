/** The six digits in what was typed or pasted, whatever stands between them; full-width ones count too. */
export const digitsOf = (text: string): string => text.normalize('NFKC').replace(/\D/g, '').slice(0, 6);

/** As it is read out and compared: 123 456. */
export const spaced = (code: string): string => code.replace(/^(\d{3})(\d{3})$/, '$1 $2');

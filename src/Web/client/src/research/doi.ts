/** The address of a DOI. A DOI can contain characters that end an address, such as "#" and "?". */
export const doiAddress = (doi: string) => `https://doi.org/${doi.split('/').map(encodeURIComponent).join('/')}`

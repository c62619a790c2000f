/**
 * A key of BibTeX as Pandoc 2.17 and 3 read it: letters and digits of any script, and these marks. At any other sign, such as
 * a dash, a curly apostrophe or an accent that is a character of its own, Pandoc refuses the whole file.
 */
export const keyTaken = /^[\p{L}\p{N}.:;?!`'()$/*@_+=[\]&-]+$/u;

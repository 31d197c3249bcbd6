/**
 * Letters of other scripts that look like Latin ones (Unicode UTS #39, confusables.txt; the part of
 * it that a keyboard or a "font generator" produces). NFKC already folds full-width, mathematical,
 * circled and superscript letters, so only true look-alikes stand here.
 */
const PAIRS: readonly (readonly [string, string])[] = [
  ['аɑα', 'a'], ['АΑᎪ', 'A'], ['ЬƄ', 'b'], ['ВΒᏴ', 'B'], ['сϲᴄ', 'c'], ['СϹᏟ', 'C'], ['ԁɗ', 'd'],
  ['Ꭰ', 'D'], ['еєҽ', 'e'], ['ЕΕᎬ', 'E'], ['ϝ', 'f'], ['Ϝ', 'F'], ['ɡց', 'g'], ['ԌᏀ', 'G'],
  ['һհ', 'h'], ['НΗᎻ', 'H'], ['іιɩı', 'i'], ['ІΙӀ', 'I'], ['јϳ', 'j'], ['ЈͿᎫ', 'J'], ['κкᴋ', 'k'],
  ['КΚᏦ', 'K'], ['ӏǀ', 'l'], ['Ꮮ', 'L'], ['мᴍ', 'm'], ['МΜᎷ', 'M'], ['ոռ', 'n'], ['ΝɴՆ', 'N'],
  ['оοօσ', 'o'], ['ОΟՕ', 'O'], ['рρ', 'p'], ['РΡᏢ', 'P'], ['ԛզ', 'q'], ['Ԛ', 'Q'], ['гᴦ', 'r'],
  ['Ꭱ', 'R'], ['ѕꜱ', 's'], ['ЅՏᏚ', 'S'], ['тτᴛ', 't'], ['ТΤᎢ', 'T'], ['υսᴜ', 'u'], ['ՍႮ', 'U'],
  ['ѵνᴠ', 'v'], ['ѴᏙ', 'V'], ['ԝɯᴡ', 'w'], ['ԜᎳ', 'W'], ['хχ', 'x'], ['ХΧ', 'X'], ['уγүʏ', 'y'],
  ['УΥҮ', 'Y'], ['ᴢʐ', 'z'], ['ΖᏃ', 'Z'], ['‐‑‒–—−﹣⁃', '-'], ['⁄∕', '/'], ['․‧', '.'], ['ꞏ', '.'],
  ['‚', ','], ['＿ˍ', '_'], ['∶ː', ':'], ['＝', '='], ['Ꝛ', '2'], ['З', '3'], ['Ϭ', '6'],
] // prettier-ignore

export const CONFUSABLE: ReadonlyMap<string, string> = new Map(
  PAIRS.flatMap(([others, latin]) => Array.from(others, (other) => [other, latin] as const)),
)

/** What LaTeX commands stand for. Maps, so that a command named like a property of objects is none of them. */

/** The combining character of an accent command. */
export const accents: ReadonlyMap<string, string> = new Map([
  ['`', '\u0300'], ["'", '\u0301'], ['^', '\u0302'], ['~', '\u0303'], ['=', '\u0304'], ['u', '\u0306'], ['.', '\u0307'],
  ['"', '\u0308'], ['r', '\u030a'], ['H', '\u030b'], ['v', '\u030c'], ['d', '\u0323'], ['c', '\u0327'], ['k', '\u0328'],
  ['b', '\u0331'], ['t', '\u0361'], ['h', '\u0309'], ['G', '\u030f'], ['U', '\u030e'],
]);

function table(text: string): [string, string][] {
  return text.trim().split(/\s+/).map(pair => {
    const [name, sign] = pair.split('=');
    return [name!, sign ?? ''];
  });
}

/** Commands for one sign in text. */
export const signs: ReadonlyMap<string, string> = new Map([
  ...table(`
    ohorn=ơ OHORN=Ơ uhorn=ư UHORN=Ư aa=å AA=Å ae=æ AE=Æ oe=œ OE=Œ o=ø O=Ø l=ł L=Ł ss=ß SS=ẞ i=ı j=ȷ dh=ð DH=Ð th=þ TH=Þ dj=đ DJ=Đ ng=ŋ NG=Ŋ
    S=§ P=¶ pounds=£ textsterling=£ euro=€ texteuro=€ EUR=€ textyen=¥ textcent=¢ copyright=© textcopyright=©
    textregistered=® texttrademark=™ textdegree=° degree=° textmu=µ textmicro=µ dag=† textdagger=† ddag=‡ textdaggerdbl=‡
    textbullet=• textperiodcentered=· textendash=– textemdash=— endash=– emdash=— textquoteleft=‘ textquoteright=’ textquotedblleft=“
    textquotedblright=” textquotesingle=' textquotedbl=" lq=‘ rq=’ guillemotleft=« guillemotright=» guillemetleft=«
    guillemetright=» flqq=« frqq=» flq=‹ frq=› guilsinglleft=‹ guilsinglright=› glqq=„ grqq=“ glq=‚ grq=‘
    quotedblbase=„ quotesinglbase=‚ textless=< textgreater=> textbar=| textbackslash=\\ textasciicircum=^
    textasciitilde=~ textunderscore=_ textdollar=$ textbraceleft={ textbraceright=} textquestiondown=¿
    textexclamdown=¡ textordfeminine=ª textordmasculine=º textonehalf=½ textonequarter=¼ textthreequarters=¾
    textonesuperior=¹ texttwosuperior=² textthreesuperior=³ textpm=± texttimes=× textdiv=÷ textminus=−
    textellipsis=… dots=… ldots=… slash=/ LaTeX=LaTeX TeX=TeX BibTeX=BibTeX textnumero=№ textparagraph=¶
    textsection=§ textasteriskcentered=* textasciiacute=´ textasciigrave=\` textasciidieresis=¨ textasciimacron=¯
    textapprox=≈ textleftarrow=← textrightarrow=→ lbrace={ rbrace=}
  `),
  ['-', ''], ['/', ''], ['!', ''], ['@', ''], [' ', ' '], [',', '\u2006'], [';', ' '], [':', ' '], ['quad', ' '], ['qquad', ' '],
  ['hyphen', '-'], ['hyp', '-'], ['textnonbreakinghyphen', '\u2011'], ['textvisiblespace', '␣'], ['space', ' '], ['nobreakspace', '\u00a0'],
  ['newline', ' '], ['linebreak', ' '], ['par', ' '], ['\\', ' '], ['\n', ' '], ['\t', ' '], ['=', ''], ['textequal', '='],
  ['adddot', '.'], ['adddotspace', '. '], ['addabbrvspace', ' '],
]);

/** Of these an argument in square brackets says how much: `\\\\[2pt]`. */
export const breaks: ReadonlySet<string> = new Set(['\\', 'linebreak', 'newline']);

/** Commands for one sign in mathematics; many writers use them in text too. */
export const mathSigns: ReadonlyMap<string, string> = new Map([
  ...table(`
    alpha=α beta=β gamma=γ delta=δ epsilon=ϵ varepsilon=ε zeta=ζ eta=η theta=θ vartheta=ϑ iota=ι kappa=κ lambda=λ mu=μ
    nu=ν xi=ξ omicron=ο pi=π rho=ρ sigma=σ varsigma=ς tau=τ upsilon=υ phi=ϕ varphi=φ chi=χ psi=ψ omega=ω Gamma=Γ
    Delta=Δ Theta=Θ Lambda=Λ Xi=Ξ Pi=Π Sigma=Σ Upsilon=Υ Phi=Φ Psi=Ψ Omega=Ω pm=± mp=∓ times=× div=÷ cdot=⋅ ast=∗
    leq=≤ le=≤ geq=≥ ge=≥ neq=≠ ne=≠ approx=≈ sim=∼ simeq=≃ cong=≅ equiv=≡ propto=∝ ll=≪ gg=≫ lt=< gt=> infty=∞
    to=→ rightarrow=→ leftarrow=← leftrightarrow=↔ Rightarrow=⇒ Leftarrow=⇐ uparrow=↑ downarrow=↓ circ=∘ degree=°
    prime=′ partial=∂ nabla=∇ sum=∑ prod=∏ int=∫ in=∈ notin=∉ subset=⊂ cup=∪ cap=∩ forall=∀ exists=∃ emptyset=∅
    ell=ℓ hbar=ℏ Re=ℜ Im=ℑ dagger=† ddagger=‡ bullet=∙ star=⋆ langle=⟨ rangle=⟩ ldots=… cdots=⋯ dots=… perp=⊥
    parallel=∥ wedge=∧ vee=∨ neg=¬ lbrace={ rbrace=} log=log ln=ln exp=exp min=min max=max sin=sin cos=cos tan=tan
  `),
  ...[...'%$#_&{}'].map((sign): [string, string] => [sign, sign]),
  [',', ''], [';', ' '], [':', ' '], ['!', ''], [' ', ' '], ['quad', ' '], ['left', ''], ['right', ''], ['displaystyle', ''],
]);

export type Mark = 'group' | 'nocase' | 'math' | 'code' | 'italic' | 'bold' | 'smallcaps' | 'sup' | 'sub';

/** Commands that change the case of their argument. */
export type Case = 'upper' | 'lower';

export const cases: ReadonlyMap<string, Case> = new Map([
  ...(['uppercase', 'MakeUppercase', 'MakeTextUppercase'] as const).map((name): [string, Case] => [name, 'upper']),
  ...(['lowercase', 'MakeLowercase', 'MakeTextLowercase'] as const).map((name): [string, Case] => [name, 'lower']),
]);

/** Commands that mark their argument. */
export const marks: ReadonlyMap<string, Mark | 'plain'> = new Map<string, Mark | 'plain'>([
  ['texttt', 'code'],
  ...(['emph', 'textit', 'textsl', 'mkbibemph', 'mkbibitalic'] as const).map((name): [string, Mark] => [name, 'italic']),
  ...(['textbf', 'mkbibbold', 'strong'] as const).map((name): [string, Mark] => [name, 'bold']),
  ['textsc', 'smallcaps'], ['textsuperscript', 'sup'], ['textsubscript', 'sub'], ['mkbibsuperscript', 'sup'], ['mkbibsubscript', 'sub'],
  ...(['textrm', 'textsf', 'textmd', 'textup', 'textnormal', 'text', 'mbox', 'hbox', 'underline', 'uline', 'sout', 'st'] as const)
    .map((name): [string, 'plain'] => [name, 'plain']),
  ...(['mathrm', 'mathbf', 'mathit', 'mathsf', 'mathtt', 'mathcal', 'mathbb', 'ensuremath', 'operatorname', 'boldsymbol', 'bm'] as const)
    .map((name): [string, 'plain'] => [name, 'plain']),
]);

/** Commands that mark what follows up to the end of the group. */
export const switches: ReadonlyMap<string, Mark | 'plain'> = new Map([
  ['em', 'italic'], ['it', 'italic'], ['itshape', 'italic'], ['sl', 'italic'], ['slshape', 'italic'], ['bf', 'bold'], ['bfseries', 'bold'],
  // Of `\sc` Pandoc makes nothing.
  ['sc', 'plain'], ['scshape', 'smallcaps'], ['rm', 'plain'], ['tt', 'plain'], ['sf', 'plain'], ['normalfont', 'plain'], ['upshape', 'plain'],
  ['relax', 'plain'], ['protect', 'plain'], ['small', 'plain'], ['sffamily', 'plain'], ['rmfamily', 'plain'],
]);

/** Commands that put their last argument in quotation marks, with the number of arguments before it: a language, a key. */
export const quoting: ReadonlyMap<string, number> = new Map([
  ['enquote', 0], ['mkbibquote', 0], ['textquote', 0], ['blockquote', 0], ['qq', 0], ['foreignquote', 1], ['hyphenquote', 1],
  ['textcquote', 1], ['blockcquote', 1], ['foreigntextquote', 1], ['hyphentextquote', 1], ['foreignblockquote', 1],
]);

/**
 * Citations inside a field: of BibTeX, natbib, BibLaTeX and other packages. Pandoc leaves them out with all that belongs to
 * them, for what they print is another entry's. `\citetext` is no citation but prints words.
 */
export const citing = /^(?!citetext)(?:\p{L}*[cC]ite\p{L}*|(?:auto|page|name|eq|v|c|C|hyper|bib)?ref|[cC]refrange|label|bibentry)$/u;

/** Of the citations those that take more than one group: any number, or two. */
export const citingMany = /cites$/i;
export const citingTwo = /^(?:defcitealias|cite(?:field|name|list))$/;

/** Commands whose first argument is not for the reader. */
export const silent: ReadonlySet<string> = new Set([
  'href', 'textcolor', 'color', 'footnote', 'index', 'vspace', 'hspace', 'begin', 'end',
  'foreignlanguage', 'selectlanguage', 'thanks', 'hyperlink', 'parbox', 'raisebox', 'rotatebox', 'scalebox', 'phantom', 'hphantom',
  'vphantom',
]);

/** Commands that put their argument between two signs. */
export const enclosing: ReadonlyMap<string, 'parens' | 'brackets'> = new Map([['mkbibparens', 'parens'], ['mkbibbrackets', 'brackets']]);

/** Commands whose argument is taken as it is written. */
export const verbatim: ReadonlySet<string> = new Set(['url', 'path', 'nolinkurl', 'verb', 'lstinline']);

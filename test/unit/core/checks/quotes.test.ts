import assert from 'node:assert/strict';
import { Checker } from '../../../../src/core/checks/checks.ts';
import { insertInto, type Request } from '../../../../src/core/insertion.ts';
import { quotationMarks } from '../../../../src/core/quotes.ts';
import { readManuscript, reread } from '../../../../src/core/reading.ts';
import { finished } from '../../../../src/core/steps.ts';
import { studies, study } from '../../../support/dataset.ts';
import { apply, bundled, knownOf, problemsOf, quote, synthetic, told } from './support.ts';

const codes = ['quote-differs', 'quote-unconfirmed', 'finding-quoted'] as const;
const found = (text: string, known = bundled): string[] => told(text, problemsOf(text, codes, known));
const cure = 'Restore the source’s wording, or mark what you changed with […] or [brackets].';

const oliver =
  'Few studies have been published to date exploring the effectiveness of ketamine for treatment-resistant depression (TRD) in large clinical samples. We report on the clinical outcomes of a large cohort treated with ketamine as part of clinical practice.';

describe('checks: a quotation that differs', () => {
  const differing: readonly (readonly [text: string, range: string, message: string, after: string])[] = [
    [
      '“exploring the efficacy of ketamine for treatment-resistant depression” [@oliver2022].',
      'efficacy',
      'print has ‘effectiveness’, here ‘efficacy’',
      '“exploring the effectiveness of ketamine for treatment-resistant depression” [@oliver2022].',
    ],
    [
      '"exploring the effectiveness of ketamine for treatment-resistant depression in large clinical samples" (see @oliver2022).',
      'depression in',
      'print has ‘TRD’, which is missing here',
      '"exploring the effectiveness of ketamine for treatment-resistant depression (TRD) in large clinical samples" (see @oliver2022).',
    ],
    [
      'As @oliver2022 [p. 3] put it, „We report on the main clinical outcomes of a large cohort treated with ketamine“.',
      'main',
      'print has no ‘main’ there',
      'As @oliver2022 [p. 3] put it, „We report on the clinical outcomes of a large cohort treated with ketamine“.',
    ],
    [
      '@oliver2022 wrote: ‘We report on the clinical outcomes of a cohort large treated with ketamine’ [Abstract].',
      'cohort large',
      'print has ‘large cohort’, here ‘cohort large’',
      '@oliver2022 wrote: ‘We report on the clinical outcomes of a large cohort treated with ketamine’ [Abstract].',
    ],
    [
      '«We report on the clinical outcomes of a large cohort treated with\nesketamine as part of clinical practice» [@oliver2022].',
      'esketamine',
      'print has ‘ketamine’, here ‘esketamine’',
      '«We report on the clinical outcomes of a large cohort treated with\nketamine as part of clinical practice» [@oliver2022].',
    ],
    [
      '> We report on the clinical results of a large\n> cohort treated with ketamine as part of clinical practice. [@oliver2022]',
      'results',
      'print has ‘outcomes’, here ‘results’',
      '> We report on the clinical outcomes of a large\n> cohort treated with ketamine as part of clinical practice. [@oliver2022]',
    ],
    [
      '> We report on the clinical outcomes of a\n> cohort treated with ketamine as part of clinical practice. [@oliver2022]',
      'a\n> cohort',
      'print has ‘large’, which is missing here',
      '> We report on the clinical outcomes of a\n> large cohort treated with ketamine as part of clinical practice. [@oliver2022]',
    ],
    [
      '“We report on *the clinical results* of a large cohort treated with ketamine” [@oliver2022].',
      'results',
      'print has ‘outcomes’, here ‘results’',
      '“We report on *the clinical outcomes* of a large cohort treated with ketamine” [@oliver2022].',
    ],
    [
      '“Very few studies have been published to date exploring the effectiveness of ketamine” [@oliver2022].',
      'Very',
      'print has no ‘Very’ there',
      '“Few studies have been published to date exploring the effectiveness of ketamine” [@oliver2022].',
    ],
    [
      '“We report on the clinical outcomes of a large cohort treated with ketamine as part of clinical practice today” [@oliver2022].',
      'today',
      'print has no ‘today’ there',
      '“We report on the clinical outcomes of a large cohort treated with ketamine as part of clinical practice” [@oliver2022].',
    ],
    [
      '“Currently serotonin reuptake inhibitors (SRIs) provide the only pharmacological monotherapy for OCD” [@thompson2020].',
      'Currently serotonin',
      'print has ‘Currently, serotonin’, here ‘Currently serotonin’',
      '“Currently, serotonin reuptake inhibitors (SRIs) provide the only pharmacological monotherapy for OCD” [@thompson2020].',
    ],
  ];
  for (const [text, range, message, after] of differing) {
    it(text, () => {
      const problems = problemsOf(text, codes);
      assert.deepEqual(problems.map(({ code, start, end }) => [code, text.slice(start, end)]), [['quote-differs', range]]);
      const key = /oliver2022|thompson2020/.exec(text)![0];
      assert.equal(problems[0]!.message, `This quotation differs from ${key}: ${message}. ${cure}`);
      const fixed = apply(text, problems[0]!.fixes[0]!.edits);
      assert.equal(fixed, after);
      assert.deepEqual(problemsOf(fixed, codes), []);
    });
  }
  it('names three differences and counts the others', () => {
    const text = oliver.replace('Few', 'Many').replace('date', 'now').replace('large', 'huge').replace('report', 'tell').replace('treated', 'seen');
    const [problem] = problemsOf(`“${text}” [@oliver2022]`, codes);
    assert.equal(
      problem?.message,
      `This quotation differs from oliver2022: print has ‘Few’, here ‘Many’; print has ‘date’, here ‘now’; print has ‘large’, here ‘huge’; and 2 more. ${cure}`,
    );
  });
  it('gives the source’s wording with its record’s remark where that differs from print', () => {
    const text = '“These effects extended to as much as 6 months after the last KAP session” [@yermus2023].';
    assert.deepEqual(found(text), [
      `“6” This quotation differs from yermus2023: the quote on record has ‘5’, here ‘6’. Wording differs from print: ${study('yermus2023').quotes[0]!.asPrinted}. ${cure}`,
      `Restore the wording of yermus2023: ${text.replace('6', '5')}`,
    ]);
  });
  it('replaces the whole where emphasis ends within what differs', () => {
    const text = '“We report on the *clinical results of* a large cohort treated with ketamine” [@oliver2022].';
    const changed = text.replace('*clinical results of*', '*clinical results* of');
    assert.equal(apply(changed, problemsOf(changed, codes)[0]!.fixes[0]!.edits).replaceAll('*', ''), text.replaceAll('*', '').replace('results', 'outcomes'));
  });
});

describe('checks: a quotation that is true to its source', () => {
  const silent = [
    `“${oliver}” [@oliver2022]`,
    '“few studies have been published to date” [@oliver2022]',
    '“[F]ew studies have been published to date exploring the effectiveness of ketamine” [@oliver2022]',
    '“Few studies … exploring the effectiveness of ketamine for treatment-resistant depression” [@oliver2022]',
    '“Few studies [...] exploring the effectiveness of ketamine ... in large clinical samples” [@oliver2022]',
    '“Few studies \\[…\\] exploring the effectiveness of ketamine . . . in large clinical samples.” [@oliver2022]',
    '“exploring the effectiveness of [the drug] for treatment-resistant depression (TRD)” [@oliver2022]',
    '“We report on the clinical outcomes of a large cohort [sic] treated with ketamine” [@oliver2022]',
    '“We report on the clinical outcome[s] of a large cohort treated with ketamine” [@oliver2022]',
    '“We report on the *clinical outcomes* of a **large cohort** treated with ketamine” [@oliver2022]',
    '“We report on the clinical outcomes\nof a large cohort treated with\nketamine as part of clinical practice,” wrote @oliver2022.',
    '“treatment‑resistant depression (TRD) in\u00a0large clinical samples” [@oliver2022]',
    '“treatment resistant depression (TRD) in large&nbsp;clinical samples” [@oliver2022]',
    '"ketamine has recently emerged as a fast\\-acting treatment alternative" [@oliver2022]',
    '‘while little is known about ketamine’s impact on cognition’ [@oliver2022]',
    '“We report on the clinical outcomes of a large cohort” and “in large clinical samples” [@oliver2022]',
    '> We report on the clinical outcomes of a large cohort treated\n> with ketamine as part of clinical practice.\n>\n> — Author 17 [@oliver2022, p. 3]',
    '> We report on the clinical outcomes of a large cohort treated with ketamine as part of clinical practice. — Author 17 and others [@oliver2022]',
    'Author 17 said “Few studies have been published to date exploring the efficacy of ketamine for depression”.',
    '“Few studies have been published to date exploring the efficacy of ketamine for treatment-resistant depression” [@thompson2020].',
    '`“exploring the efficacy of ketamine for treatment-resistant depression”` [@oliver2022]',
    // Words that the source shares with any paper on its subject.
    '“the efficacy of ketamine for treatment-resistant depression remains unclear” [@oliver2022]',
    '“Clinical effectiveness of intravenous racemic ketamine infusions in a large community sample of patients with treatment-resistant depression” [@oliver2022]',
    '“Few studies have been published to date on adolescents who were given the drug” [@oliver2022]',
    '“a large cohort of patients was seen in clinical practice” [@oliver2022]',
    '“patients with treatment-resistant depression were treated with ketamine in large clinical trials” [@oliver2022]',
    '“obsessive thoughts and the only pharmacological treatment of OCD patients” [@thompson2020]',
    '“serotonin reuptake inhibitors have been the first-line treatment for decades” [@thompson2020]',
  ];
  for (const text of silent) {
    it(JSON.stringify(text), () => assert.deepEqual(found(text), []));
  }
  it('nothing that a study says of itself resembles another’s quote', () => {
    const all = studies.filter(({ quotes }) => quotes.length > 0).map(({ id }) => `@${id}`).join('; ');
    const texts = studies.flatMap(({ csl, limitations }) => [csl.title, limitations ?? '']).filter(text => !/[“”\\[\]@]/.test(text));
    for (const text of texts) {
      const manuscript = `“${text}” [${all}]`;
      assert.deepEqual(found(manuscript), []);
    }
  });
});

describe('checks: the dataset’s quotes as the extension inserts them', () => {
  const printed = { reference: 'A reference.', parenthetical: '(Author 17, 2021)', inText: 'Author 17 (2021)' };
  const locales = ['en-US', 'en-GB', 'de-DE', 'fr-FR', 'es-ES'];
  for (const { id, quotes } of studies.filter(each => each.quotes.length > 0)) {
    for (const { text: words, match } of quotes) {
      it(`${id} is never told to differ`, () => {
        for (const syntax of ['pandoc', 'footnote', 'formatted', 'link'] as const) {
          for (const [before, after] of [['As stated, ', '.'], ['', ''], ['> ', ''], ['- ', ''], ['[^1]: ', '']] as const) {
            for (const locale of locales) {
              const cites = [{ key: id, locator: 'Abstract', doi: '10.1000/17', printed }];
              const request: Request = { form: 'quote', syntax, mode: 'parenthetical', cites, words, marks: quotationMarks(locale) };
              const spot = { start: before.length, end: before.length };
              const result = insertInto(readManuscript(before + after), spot, request);
              assert.ok('edit' in result);
              const edits = [result.edit, ...(result.further ? [result.further] : [])];
              const manuscript = apply(before + after, edits);
              const expected = match === 'exact' || !manuscript.includes(`@${id}`) ? [] : ['quote-unconfirmed'];
              assert.deepEqual(problemsOf(manuscript, codes).map(({ code }) => code), expected, manuscript);
            }
          }
        }
      });
    }
  }
});

describe('checks: the dataset’s quotes with a word altered', () => {
  const alterations: Readonly<Record<string, (words: string[], at: number) => void>> = {
    changed: (words, at) => (words[at] = words[at]!.replace(/[\p{L}\p{N}-]+/u, 'placebo')),
    added: (words, at) => words.splice(at, 0, 'placebo'),
    // Without its first or last word it is an excerpt.
    dropped: (words, at) => words.splice(Math.min(Math.max(at, 1), words.length - 2), 1),
    swapped: (words, at) => words.splice(Math.max(at - 1, 0), 2, words[Math.max(at, 1)]!, words[Math.max(at, 1) - 1]!),
  };
  for (const { id, quotes } of studies.filter(each => each.quotes.length > 0)) {
    for (const [name, alter] of Object.entries(alterations)) {
      it(`${id}, ${name}, is told and mended`, () => {
        for (const { text: source } of quotes) {
          for (let at = 0; at < source.split(' ').length; at += 1) {
            const words = source.split(' ');
            alter(words, at);
            const before = words.join(' ');
            const manuscript = `“${before}” [@${id}]`;
            const [problem, ...others] = problemsOf(manuscript, ['quote-differs']);
            assert.ok(problem && others.length === 0, `told once: ${manuscript}`);
            const mended = apply(manuscript, problem.fixes[0]!.edits);
            assert.deepEqual(problemsOf(mended, ['quote-differs']), [], mended);
            assert.ok(source.includes(mended.slice(1, mended.indexOf('”')).replaceAll('\\', '')), mended);
          }
        }
      });
    }
  }
});

describe('checks: a quotation whose wording is not confirmed', () => {
  it('is told with the record’s remark', () =>
    assert.deepEqual(found('“normalizes depression-related hyperconnectivity in the limbic system and frontal lobe” [@siegel2021]'), [
      '““normalizes depression-related hyperconnectivity in the limbic system and frontal lobe”” Wording not found in print yet: compare it with the paper before you use it.',
    ]));
  it('is told of a block quote', () =>
    assert.equal(problemsOf('> normalizes depression-related hyperconnectivity in the limbic system and frontal lobe. [@siegel2021]', codes)[0]?.code, 'quote-unconfirmed'));
  it('is not told where the writer has print’s own words', () => {
    assert.deepEqual(found('“lasting well beyond the duration of dosing and integration sessions” [@yermus2023]'), []);
    assert.deepEqual(found('“Posttraumatic stress disorder (PTSD) is a chronic and disabling disorder” [@feder2021]'), []);
  });
});

describe('checks: a block quote and the citation beside it', () => {
  const quoted = '> We report on the clinical results of a large cohort treated with ketamine.';
  const problems = (text: string): string[] => problemsOf(text, codes).map(({ start, end }) => text.slice(start, end));
  it('in the words that introduce it', () => assert.deepEqual(problems(`As @oliver2022 wrote:\n\n${quoted}`), ['results']));
  it('in the paragraph below it', () => assert.deepEqual(problems(`${quoted}\n\n[@oliver2022, p. 3]`), ['results']));
  it('in its next paragraph', () => assert.deepEqual(problems(`${quoted}\n>\n> — [@oliver2022]`), ['results']));
  it('but not in other words', () => assert.deepEqual(problems(`As @oliver2022 wrote.\n\n${quoted}\n\nThis is from elsewhere, not from @oliver2022.`), []));
});

describe('checks: a quotation and the footnote behind it', () => {
  const words = 'exploring the efficacy of ketamine for treatment-resistant depression';
  const problems = (text: string): string[] => problemsOf(text, codes).map(({ start, end }) => text.slice(start, end));
  const told: readonly (readonly [name: string, text: string])[] = [
    ['whose text stands below', `“${words}”[^1]\n\nMore.\n\n[^1]: @oliver2022`],
    ['whose text stands above', `[^1]: See @oliver2022, p. 3.\n\n“${words},”[^1] and so on.`],
    ['whose text has several paragraphs', `"${words}"[^long-label]\n\n[^long-label]: First.\n\n    Then [see @oliver2022, p. 3].`],
    ['among others', `“${words}”[^2] and more[^1]\n\n[^1]: @thompson2020\n[^2]: @oliver2022\n[^3]: @dore2019`],
    ['in the line', `“${words}”^[@oliver2022]`],
    ['in the line, with words', `“${words}”^[See @oliver2022, p. 3, and others.]`],
    ['of a block quote', `> ${words}[^1]\n\n[^1]: @oliver2022`],
    ['in the words that introduce a block quote', `As was written:[^1]\n\n> ${words}\n\n[^1]: @oliver2022`],
    ['below a block quote', `> ${words}\n\n[^1]\n\n[^1]: @oliver2022`],
    ['in a block quote of its own', `> “${words}”[^1]\n>\n> [^1]: @oliver2022`],
  ];
  for (const [name, text] of told) {
    it(name, () => assert.deepEqual(problems(text), ['efficacy']));
  }
  const silent: readonly (readonly [name: string, text: string])[] = [
    ['that cites another', `“${words}”[^1]\n\n[^1]: @thompson2020\n[^2]: @oliver2022`],
    ['that is nowhere', `“${words}”[^1]\n\n@oliver2022`],
    ['in code', `“${words}”\`[^1]\`\n\n[^1]: @oliver2022`],
    ['of another paragraph', `“${words}”\n\nMore.[^1]\n\n[^1]: @oliver2022`],
    ['and words that are true', `“${words.replace('efficacy', 'effectiveness')}”[^1]\n\n[^1]: @oliver2022`],
  ];
  for (const [name, text] of silent) {
    it(`says nothing of one ${name}`, () => assert.deepEqual(problems(text), []));
  }
  it('closes single quotation marks in front of a note, not at an apostrophe', () => {
    const text = '‘The authors’ previous proof-of-concept randomized controlled trial of single-dose oral ketamine infusion’[^1]\n\n[^1]: @feder2021';
    assert.deepEqual(problems(text), ['oral']);
  });
  it('follows the footnote when that changes elsewhere, and judges nothing else again', () => {
    const checker = new Checker(bundled);
    let reading = readManuscript(`“${words}”[^1] and “more”[^2]\n\nText.\n\n[^1]: @thompson2020\n\n[^2]: @dore2019\n`);
    const keysFound = (): (string | undefined)[] => checker.check(reading).filter(({ code }) => code === 'quote-differs').map(({ key }) => key);
    const change = (from: string, to: string): void => {
      const start = reading.text.indexOf(from);
      const text = reading.text.replace(from, to);
      reading = finished(reread(reading, text, [{ start, oldEnd: start + from.length, newEnd: start + to.length }]));
    };
    assert.deepEqual(keysFound(), []);
    const [quoting] = reading.blocks;
    change('@thompson2020', '@oliver2022');
    assert.equal(reading.blocks[0], quoting, 'the paragraph that quotes is the same');
    assert.deepEqual(keysFound(), ['oliver2022']);
    change('[^1]: @oliver2022', 'No note: @oliver2022');
    assert.deepEqual(keysFound(), []);
    change('[^2]: @dore2019', '[^1]: @oliver2022');
    assert.deepEqual(keysFound(), ['oliver2022']);
  });
});

describe('checks: our words in quotation marks', () => {
  const { finding } = study('oliver2022');
  const [, sentence = ''] = /([^.]*halved[^.]*)\./.exec(finding) ?? [];
  it('are told, and the marks go', () => {
    const text = `It is said that “${sentence.trim()}” [@oliver2022].`;
    assert.deepEqual(found(text), [
      `““${sentence.trim()}”” These are this extension’s words on oliver2022, not the authors’; take them out of the quotation marks.`,
      `! Remove the quotation marks: It is said that ${sentence.trim()} [@oliver2022].`,
    ]);
  });
  it('are told of every study’s finding', () => {
    for (const { id, finding: words } of studies) {
      const text = `“${words.replace(/[[\]@\\`*_$<]/g, '\\$&')}” [@${id}]`;
      assert.deepEqual(problemsOf(text, codes).map(({ code, key }) => `${code} ${key}`), [`finding-quoted ${id}`], text);
    }
  });
  it('may stand without them', () => assert.deepEqual(found(`${finding} [@oliver2022]`), []));
  it('may be another study’s', () => assert.deepEqual(found(`“${sentence}” [@thompson2020]`), []));
  it('are not told of the title', () => assert.deepEqual(found(studies.map(({ id, csl }) => `“${csl.title.replace(/[[\]@\\<]/g, '\\$&')}” [@${id}]`).join('\n\n')), []));
});

describe('checks: quotes of several passages', () => {
  const known = knownOf([
    synthetic('author17', { quotes: [quote('The first passage says one thing about every patient in the trial.'), quote('The second passage says one thing about no patient in the trial.')] }),
  ]);
  it('takes the nearest', () =>
    assert.deepEqual(found('“The second passage says one thing about no person in the trial.” [@author17]', known), [
      `“person” This quotation differs from author17: print has ‘patient’, here ‘person’. ${cure}`,
      '! Restore the wording of author17: “The second passage says one thing about no patient in the trial.” [@author17]',
    ]));
  it('is silent where one is quoted', () =>
    assert.deepEqual(found('“The second passage says one thing about no patient in the trial.” [@author17]', known), []));
});

import * as vscode from 'vscode';
import type { Cite, Form, Mode, Printed, Syntax } from '../core/forms.ts';
import { insertInto, type Insertion, type Refusal, type Request } from '../core/insertion.ts';
import { readManuscript } from '../core/reading.ts';
import { locatorIn, quotationMarks, quoteLocator, wordingRemark, type QuotationMarks } from '../core/quotes.ts';
import type { Quote, Entry } from '../core/study.ts';
import { settingsFor, type SettingReader } from '../manifest.ts';
import type { Manuscripts } from './manuscripts.ts';
import type { Readings } from './readings.ts';
import type { References } from './references.ts';

/** What a writer chose to insert. */
export interface Choice {
  readonly form: Form;
  readonly studies: readonly Entry[];
  /** The other form of citation than the setting's. */
  readonly mode?: Mode;
  readonly quote?: Quote;
  readonly suppressAuthor?: boolean;
}

/** Turns choices into requests for the one inserter, by the settings of a manuscript, which are read once. */
export class Requests {
  readonly #print: (study: Entry) => Promise<Printed | undefined>;
  readonly #syntax: Syntax;
  readonly #mode: Mode;
  readonly #marks: QuotationMarks;
  readonly #tellsWhere: boolean;
  readonly #locale: string;

  /**
   * `print` may answer `undefined` while the style is not ready; `make` then does so too.
   * @param locale whose quotation marks are set
   */
  constructor(print: (study: Entry) => Promise<Printed | undefined>, setting: SettingReader, locale: string) {
    this.#print = print;
    this.#syntax = setting('insert.syntax');
    this.#mode = setting('insert.citation');
    this.#marks = quotationMarks(locale);
    this.#locale = locale;
    this.#tellsWhere = setting('insert.quoteLocation');
  }

  async make({ form, studies, mode, quote, suppressAuthor }: Choice): Promise<Request | undefined> {
    const needsStyle = form === 'reference' || this.#syntax !== 'pandoc';
    const cites: Cite[] = [];
    for (const study of studies) {
      const printed = needsStyle ? await this.#print(study) : undefined;
      if (needsStyle && !printed) {
        return undefined;
      }
      cites.push({
        key: study.id,
        ...(study.csl.DOI && { doi: study.csl.DOI }),
        ...(printed && { printed }),
        ...(quote && this.#tellsWhere && { locator: this.#locatorOf(quote) }),
        ...(suppressAuthor && { suppressAuthor }),
      });
    }
    const words = form === 'quote' ? quote?.text : form === 'finding' ? studies[0]?.finding : undefined;
    return {
      form,
      syntax: this.#syntax,
      mode: mode ?? this.#mode,
      cites,
      marks: this.#marks,
      ...(words !== undefined && { words }),
    };
  }

  #locatorOf(quote: Quote): string {
    const locator = quoteLocator(quote);
    return this.#syntax === 'pandoc' ? locatorIn(this.#locale, locator) : locator;
  }
}

/** Inserts a choice into the manuscript in one undo step, or puts it on the clipboard where there is none. */
export class Inserter {
  readonly #references: References;
  readonly #manuscripts: Manuscripts;
  readonly #readings: Readings;

  constructor(references: References, manuscripts: Manuscripts, readings: Readings) {
    this.#references = references;
    this.#manuscripts = manuscripts;
    this.#readings = readings;
  }

  async insert(choice: Choice): Promise<void> {
    const editor = await this.#manuscripts.current();
    const request = await this.#request(choice, editor?.document);
    if (!request) {
      return;
    }
    const fault = faultOf(request);
    if (fault !== undefined) {
      void vscode.window.showWarningMessage(fault);
      return;
    }
    if (!editor) {
      await copy(asText(request), vscode.l10n.t('No manuscript is open; copied to the clipboard instead.'));
      return;
    }
    const reading = await this.#readings.whole(editor.document);
    const caret = editor.document.offsetAt(editor.selection.end);
    const result = insertInto(reading, { start: caret, end: caret }, request);
    if ('refused' in result) {
      await refuse(result, request, choice);
      return;
    }
    if (await write(editor, result)) {
      tellWording(choice);
    } else {
      await copy(
        asText(request),
        vscode.l10n.t('The manuscript can’t be written to; copied to the clipboard instead.'),
      );
    }
  }

  async #request(choice: Choice, scope: vscode.TextDocument | undefined): Promise<Request | undefined> {
    const { locale } = await this.#references.wished(scope);
    return new Requests(this.#references.printer(scope), settingsFor(scope), locale).make(choice);
  }

  /** The text that would be inserted into an empty line. Throws where a key can't be cited. */
  async text(choice: Choice): Promise<string> {
    const request = await this.#request(choice, this.#manuscripts.inFront());
    const fault = request && faultOf(request);
    if (fault !== undefined) {
      throw new Error(fault);
    }
    return request ? asText(request) : '';
  }
}

const noText = readManuscript('');

/** Why a key of the request can't be cited anywhere. */
function faultOf(request: Request): string | undefined {
  const result = insertInto(noText, { start: 0, end: 0 }, request);
  return 'refused' in result && result.refused === 'not citable' ? result.reason : undefined;
}

function asText(request: Request): string {
  const result = insertInto(noText, { start: 0, end: 0 }, request);
  return 'refused' in result ? '' : result.edit.text.trimEnd();
}

async function copy(text: string, message: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  void vscode.window.showInformationMessage(message);
}

async function refuse(refusal: Refusal, request: Request, { studies }: Choice): Promise<void> {
  const { refused } = refusal;
  if (refused === 'not citable') {
    void vscode.window.showWarningMessage(refusal.reason);
    return;
  }
  if (refused === 'cited already') {
    const keys = studies.map(study => study.id).join(', ');
    void vscode.window.showInformationMessage(vscode.l10n.t('{0} is cited here already.', keys));
    return;
  }
  await copy(
    asText(request),
    vscode.l10n.t('The caret stands in {0}, where Pandoc reads no citation; copied to the clipboard instead.', refused),
  );
}

/** Brings the manuscript to the front and writes; an editor that went behind another tab is dead, and got anew. */
async function write(editor: vscode.TextEditor, insertion: Insertion): Promise<boolean> {
  const live = await vscode.window.showTextDocument(editor.document, {
    selection: editor.selection,
    viewColumn: editor.viewColumn ?? vscode.ViewColumn.Active,
  });
  return apply(live, insertion);
}

async function apply(editor: vscode.TextEditor, { edit, further, caret }: Insertion): Promise<boolean> {
  const { document } = editor;
  const range = (start: number, end: number): vscode.Range =>
    new vscode.Range(document.positionAt(start), document.positionAt(end));
  const done = await editor.edit(builder => {
    builder.replace(range(edit.start, edit.end), edit.text);
    if (further) {
      builder.replace(range(further.start, further.end), further.text);
    }
  });
  if (done) {
    // VS Code writes the document's own line ends, which may be one unit longer each.
    const lineEnds = document.eol === vscode.EndOfLine.CRLF ? edit.text.slice(0, caret).split('\n').length - 1 : 0;
    const position = document.positionAt(edit.start + caret + lineEnds);
    editor.selection = new vscode.Selection(position, position);
    editor.revealRange(editor.selection);
  }
  return done;
}

function tellWording({ form, quote }: Choice): void {
  const remark = form === 'quote' && quote ? wordingRemark(quote) : undefined;
  if (remark) {
    void vscode.window.showInformationMessage(remark);
  }
}

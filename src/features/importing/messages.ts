import * as vscode from 'vscode';
import type { AskFault } from '../../core/importing/ask.ts';
import type { KeyFault } from '../../core/importing/citekey.ts';
import { shownId, type WorkId } from '../../core/importing/identify.ts';
import type { SpliceFault } from '../../core/importing/splice.ts';

const { t } = vscode.l10n;

/** Why a registry's answer can't be used, in one plain sentence or two. */
export function askMessage(fault: AskFault, asked: WorkId, from: string): string {
  switch (fault.kind) {
    case 'unknown':
    case 'no item':
      return t('{0} knows no {1}.', from, shownId(asked));
    case 'busy':
      return t('{0} is busy or was asked too often. Try again in a minute.', from);
    case 'refused':
      return t('{0} refused to answer (HTTP {1}).', from, fault.status);
    case 'broken':
      return t('{0} is out of order (HTTP {1}). Try again later.', from, fault.status);
    case 'timeout':
      return t('{0} did not answer within 15 seconds.', from);
    case 'too large':
      return t('{0} answered with more than 2 MB, which is no reference; nothing of it was kept.', from);
    case 'redirects':
      return t('{0} only sends from one address to the next, and never answers.', from);
    case 'unreachable':
      return t('{0} can’t be reached ({1}). Are you online?', from, fault.why ?? t('no reason given'));
    case 'not JSON':
      return fault.isPage
        ? t('{0} answered with a web page instead of the reference’s data.', from)
        : t('{0} answered with something that can’t be read.', from);
    case 'no title':
      return t('{0} answered without a title.', from);
    case 'another work':
      return t('{0} answered with another work ({1}) than {2}.', from, fault.id ?? t('it does not say which'), shownId(asked));
    case 'cancelled':
      return '';
  }
}

export function spliceMessage(fault: SpliceFault, file: string): string {
  switch (fault) {
    case 'damaged':
      return t('{0} can’t be read to its end, so nothing was added to it. Mend it, or choose another file.', file);
    case 'encoding':
      return t('{0} is not in Unicode, and the entry has letters that it can’t hold. Save it with the encoding UTF-8 first.', file);
    case 'not written':
      return t('Entries can’t be added to a file such as {0}.', file);
  }
}

export function keyMessage(fault: KeyFault, key: string): string {
  switch (fault) {
    case 'empty':
      return t('An entry needs a citekey.');
    case 'not a key':
      return t('A citekey has letters, digits and _, and single marks such as : . - between them.');
    case 'not in this format':
      return t('This file’s format does not allow {0}.', key);
    case 'taken':
      return t('{0} is taken.', key);
  }
}

import * as vscode from 'vscode';
import { checkSetting, type CheckCode } from '../core/checks/problem.ts';
import { commandId, settingsFor, type Severity, type SettingReader } from '../manifest.ts';

const severities: Readonly<Record<Exclude<Severity, 'off'>, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

/** How loudly the settings let a check speak; nothing where it is to be silent. */
export function severityFor(
  code: CheckCode,
  scope: vscode.ConfigurationScope,
  setting: SettingReader = settingsFor(scope),
): vscode.DiagnosticSeverity | undefined {
  const chosen = setting('checks.enabled') ? setting(checkSetting(code)) : 'off';
  return chosen === 'off' ? undefined : severities[chosen];
}

/** A finding of a check, whose code leads to its explanation in the README. */
export function diagnostic(
  code: CheckCode,
  message: string,
  range: vscode.Range,
  severity: vscode.DiagnosticSeverity,
): vscode.Diagnostic {
  const made = new vscode.Diagnostic(range, message, severity);
  made.source = 'Ketamine Citations';
  const explain = encodeURIComponent(JSON.stringify([code]));
  made.code = { value: code, target: vscode.Uri.parse(`command:${commandId('_explain')}?${explain}`) };
  return made;
}

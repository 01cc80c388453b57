import { ImportClient } from './imports/import-client.ts';
import { openHost } from './browser/host-page.ts';
import { closeSharedBrowser } from './browser/browser.ts';
import { workbook, type TestCell } from './imports/workbook-writer.ts';
const D = '/work/shared/data/';
describe('x', function () {
  this.timeout(200_000);
  it('y', async () => {
    const client = await ImportClient.start('real_tmp');
    const header = ['Call Id', 'Agent', 'Date', 'Answered'];
    const c: TestCell[][] = [['C1', 'Ada Agent', '2021-03-31', 'Y'], ['C2', 'Nobody Known', '2021-03-31', 'maybe'], ['C3', 'Ada Agent', '2021-04-31', 'maybe'], ['C4', 'Ada Agent', '2021-04-30', 'Y']];
    const side = workbook({ sheets: [{ name: 'Both', rows: [['North', null, null, null, null, 'South'], [...header, null, ...header], ...c.map((r) => [...r, null, ...r])] }] });
    const files: [string, string | { name: string; mimeType: string; buffer: Buffer }, string, string?][] = [
      ['calls', D + 'calls/call-centre-5000.xlsx', 'Calls, chats and tickets'],
      ['sentiment', D + 'calls/call-centre-sentiment.csv', 'Calls, chats and tickets'],
      ['wrong', D + 'daily/AgentPerformance.pseudonymised.csv', 'Calls, chats and tickets'],
      ['daily', D + 'daily/AgentPerformance.pseudonymised.csv', 'Daily figures'],
      ['login', D + 'daily/AgentLogingReport.pseudonymised.csv', 'Daily figures'],
      ['side', { name: 'side by side.xlsx', mimeType: 'application/octet-stream', buffer: side }, 'Calls, chats and tickets'],
    ];
    const host = await openHost({ url: client.app.url, widget: 'sideline-import', token: client.org.manager.token, width: 420, height: 900 });
    for (const [name, file, kind] of files) {
      await host.page.getByRole('radio', { name: kind }).check();
      await host.page.locator('input[type=file]').setInputFiles(file);
      await host.page.locator('.commit, .state').first().waitFor();
      await host.page.waitForTimeout(400);
      for (const w of [420, 1000]) {
        await host.page.setViewportSize({ width: w, height: 900 });
        await host.page.evaluate(() => document.querySelector('sideline-import')?.shadowRoot?.querySelector('sideline-import-columns')?.shadowRoot?.querySelector('details')?.setAttribute('open', ''));
        await host.page.screenshot({ path: `/tmp/shots/real-${name}-${w}.png`, fullPage: true });
      }
      await host.page.setViewportSize({ width: 420, height: 900 });
      await host.page.getByRole('button', { name: 'All imports' }).or(host.page.getByRole('button', { name: 'Import another file' })).first().click();
    }
    await host.page.waitForTimeout(300);
    await host.page.screenshot({ path: `/tmp/shots/real-list-420.png`, fullPage: true });
    console.log(host.complaints);
    await closeSharedBrowser(); await client.close();
  });
});

import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { takeCard, takePage } from './pictures.js';
import { type Product, ports, startProduct } from './product.js';
import { openBrowser, openScreen, type Screen, wordsOf } from './screen.js';
import { comeTo, convertByHand, liftFaults, londonIn, type Moment, refuseMailboxChanges } from './tenant.js';

describe('[browser] what cannot be done reaches IT’s channel and is worked there', function () {
  this.timeout(120_000);
  this.bail(true);
  let product: Product;
  let browser: Browser;
  let hr: Screen;
  let manager: Screen;
  let channel: Screen;
  let lastMinute: Moment;

  before(async () => {
    product = await startProduct();
    browser = await openBrowser();
    hr = await openScreen(browser, ports.hr);
    manager = await openScreen(browser, ports.manager);
    channel = await openScreen(browser, ports.it);
    await channel.goesTo('IT - Joiners and leavers');
    await refuseMailboxChanges();
    lastMinute = await londonIn(10);
  });

  after(async () => {
    await browser?.close();
    await product?.stop();
  });

  async function submitAndApprove(name: string, caseId: string): Promise<void> {
    await hr.clicks(await hr.sees(`${name} is leaving`, 'Your request'), 'Submit');
    await hr.sees(`Case ${caseId}`, 'Waiting for Morgan Lee');
    await manager.clicks(await manager.sees(`Case ${caseId}`, `${name} is leaving`), 'Approve');
    await manager.sees(`Case ${caseId}`, 'Approved by you');
  }

  it('asks which of two people with one name is meant', async () => {
    await hr.says(`leaver Jordan Taylor on ${lastMinute.typed}`);
    const picker = await hr.sees('2 people fit', 'jordan.taylor@dublin.northwind.example');
    await takeCard(picker, 'picker');
    await hr.clicks(picker, 'Choose');
    await submitAndApprove('Jordan Taylor', 'L-101');
  });

  it('closes access, and brings what Exchange refused before IT', async () => {
    await hr.says(`leaver chloe.bennett@northwind.example on ${lastMinute.typed}`);
    await submitAndApprove('Chloe Bennett', 'L-102');
    await comeTo(lastMinute);
    const first = await channel.sees('Case L-101', 'Jordan Taylor');
    const text = await wordsOf(first);
    expect(text).to.include('being moved to another database').and.include('What to do');
    await channel.sees('Case L-102', 'Chloe Bennett');
    await hr.sees('Case L-101', 'needs IT');
    await hr.sees('Case L-101', 'Access closed');
    await takeCard(first, 'exception');
    await takePage(channel.page, 'page-it-exceptions');
    await takeCard(await hr.sees('Case L-101', 'needs IT'), 'progress-needs-it');
  });

  it('tries again on Retry, and says so when it fails again', async () => {
    await channel.clicks(await channel.sees('Case L-101', 'Jordan Taylor'), 'Retry');
    const again = await channel.sees('Case L-101', 'Tried again', 'being moved to another database');
    await again.getByRole('button', { name: 'Retry', exact: true }).waitFor();
    await liftFaults();
    await channel.clicks(await channel.sees('Case L-101', 'Jordan Taylor'), 'Retry');
    const solved = await channel.sees('Case L-101', 'Nothing is open');
    await takeCard(solved, 'exception-solved');
    await hr.sees('Case L-101', 'Jordan Taylor has left', 'changes read back');
  });

  it('reads back what was done by hand, and keeps it apart in the summary', async () => {
    await convertByHand('chloe.bennett@northwind.example');
    const card = await channel.sees('Case L-102', 'Chloe Bennett');
    await channel.clicks(card, 'Done by hand');
    await takeCard(card, 'exception-by-hand');
    await card.getByRole('textbox').fill('Waited for the move and converted it in the Exchange admin centre');
    await channel.clicks(card, 'Submit');
    await channel.sees('Case L-102', 'Nothing is open');
    const summary = await hr.sees('Case L-102', 'Chloe Bennett has left', 'read back');
    expect(await wordsOf(summary))
      .to.include('By hand')
      .and.include('Waited for the move')
      .and.include('Sam Okoro');
    await takeCard(summary, 'completed-by-hand');
  });
});

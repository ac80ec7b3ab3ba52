// The hours of a day that somebody walked.
import assert from 'node:assert/strict';

import { until } from './visit.mjs';
import { open, tell, today, walker } from './walking.mjs';

export const walkHours = {
  async 'a day has its hours where a device told them, beside a table, and says so where none did'(at) {
    const { page } = await walker(at);
    const day = await today(page);
    const before = (days) => new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000 * days).toISOString().slice(0, 10);
    const offset = await page.evaluate(() => -new Date().getTimezoneOffset());
    const hours = [0, 0, 0, 0, 0, 0, 0, 1_200, 300];
    await tell(page, 1_500, before(1), { hours, utcOffsetMinutes: offset });
    await tell(page, 2_000, before(1), { device: 'typed', source: 'MANUAL' });
    await tell(page, 700, before(2));
    await open(at, page, '/walk/me', '#statistics dl');
    await page.locator('#statistics .periods button').first().click();
    await until(async () => (await page.locator('#statistics .turn p').innerText()).indexOf('–') < 0, 'one day is shown');
    await page.getByText(at.says.noStepsOfSpan).waitFor();
    await page.locator('#statistics .turn button').first().click();
    await page.locator('#statistics .whole', { hasText: '2,000' }).waitFor();
    const bars = page.locator('#statistics figure rect');
    await until(async () => (await bars.count()) === 24, 'a bar an hour');
    const heights = await bars.evaluateAll((all) => all.map((each) => Number(each.getAttribute('height'))));
    assert.ok(heights[7] > heights[8] && heights[8] > 0 && heights.every((each, hour) => each === 0 || hour === 7 || hour === 8));
    await page.getByText(at.says.hoursRest('500')).waitFor();
    await page.locator('#statistics summary').click();
    const rows = await page.locator('#statistics tbody tr').evaluateAll((all) => all.map((each) => each.innerText.replace(/\s+/g, ' ')));
    assert.equal(rows.length, 24);
    assert.equal(rows[7], '7:00–8:00 1,200');
    await page.locator('#statistics .turn button').first().click();
    await page.locator('#statistics .whole', { hasText: '700' }).waitFor();
    await page.getByText(at.says.hoursUnknown).waitFor();
    assert.equal(await bars.count(), 0);
    // The same stands where the day says why.
    await open(at, page, `/walk/day/${before(1)}`, '.total');
    assert.equal(await page.locator('main figure rect').count(), 24);
    await open(at, page, `/walk/day/${before(2)}`, '.total');
    await page.getByText(at.says.hoursUnknown).waitFor();
  }
};

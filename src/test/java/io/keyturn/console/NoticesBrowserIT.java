package io.keyturn.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Control;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.support.ui.Select;

/** The bell, what it leads to, and how people are told. */
class NoticesBrowserIT extends Browser {

  @Test
  void bellLeadsToWhatIsNewByKeyboardAndIsQuietWhenAllWasRead() {
    String organisation = signInAs("ADMINISTRATOR");
    control().expireIn3Days(control().key(Control.wish().in(organisation).named("ERP <i>1</i>")));
    control().notices();
    open("/profile");

    named("Notices, 1 new").sendKeys(Keys.ENTER);
    awaitPath("/notices");
    assertThat(find(By.cssSelector(".kt-notices tbody th")).getText())
        .contains("new", "The key “ERP <i>1</i>” expires on");
    button("Mark all as read").sendKeys(Keys.ENTER);
    await("read", () -> driver().findElements(By.cssSelector(".kt-bell span")).isEmpty());
    named("Notices");
    find(By.cssSelector(".kt-notices th a")).click();
    awaitPath("/settings/api-key");
  }

  @Test
  void choicesAreKept() {
    signInAs("ADMINISTRATOR");
    open("/profile");
    new Select(field("A webhook is disabled")).selectByVisibleText("Not at all");
    press("Save Notices");
    await(
        "saved",
        () ->
            driver()
                .findElement(By.id("messages"))
                .getText()
                .equals("Saved. It holds for what happens from now on."));

    reload();

    assertThat(new Select(field("A webhook is disabled")).getFirstSelectedOption().getText())
        .isEqualTo("Not at all");
    assertThat(
            new Select(field("A key expires in 14, 3 or 1 day")).getFirstSelectedOption().getText())
        .isEqualTo("By mail at once");
  }
}

package io.keyturn.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests are the same. */
class RequestDigestTest {
  private static final String BODY = "{'name':'ERP','scopes':['a','b'],'more':{'x':1,'y':2}}";

  private static RequestDigest digest(String operation, String body) {
    try (var reader = Json.createReader(new StringReader(body.replace('\'', '"')))) {
      JsonObject json = reader.readObject();
      return RequestDigest.of(operation, json);
    }
  }

  private static boolean same(String body) {
    return digest("createApiKey", body).sameAs(digest("createApiKey", BODY).bytes());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        BODY,
        "{ 'more' : {'y':2,'x':1}, 'scopes': ['a','b'], 'name':'ERP' }",
        "{'name':'ERP','scopes':['a','b'],'more':{'x':1,'y':2},'a_later_member':null}",
        "{'name':'ERP','scopes':['a','b'],'more':{'x':1,'y':2,'z':null}}"
      })
  void orderAndAbsentMembersDoNotCount(String body) {
    assertThat(same(body)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'name':'CRM','scopes':['a','b'],'more':{'x':1,'y':2}}",
        "{'name':'ERP','scopes':['b','a'],'more':{'x':1,'y':2}}",
        "{'name':'ERP','scopes':['a','b'],'more':{'x':'1','y':2}}",
        "{'name':'ERP','scopes':['a','b'],'more':{'x':1}}",
        "{'name':'ERP','scopes':['a','b'],'more':{'x':1,'y':2},'burst':3}",
        "{'name':'ERP','scopes':[]}",
        "{'name':'ERP'}"
      })
  void everyValueCounts(String body) {
    assertThat(same(body)).isFalse();
  }

  @Test
  void operationCounts() {
    assertThat(digest("createWebhook", BODY).sameAs(digest("createApiKey", BODY).bytes()))
        .isFalse();
  }

  @Test
  void digestOfAnEarlierVersionIsNotCompared() {
    assertThat(digest("createApiKey", BODY).sameAs(new byte[32])).isTrue();
    assertThat(digest("createApiKey", BODY).sameAs(new byte[33])).isFalse();
  }
}

import org.springframework.web.client.RestClient;

public class SpringFirstCall {
  public static void main(String[] args) {
    RestClient keyturn =
        RestClient.builder()
            .baseUrl("{{base}}/api/v1")
            .defaultHeader("Authorization", "Bearer " + System.getenv("KEYTURN_SECRET"))
            .build();
    System.out.println(keyturn.get().uri("/me").retrieve().body(String.class));
  }
}

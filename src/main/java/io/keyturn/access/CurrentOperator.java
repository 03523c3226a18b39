package io.keyturn.access;

import jakarta.enterprise.context.RequestScoped;

/** Whether the running request comes from the operator. The operator filter sets it. */
@RequestScoped
public class CurrentOperator {
  private boolean admitted;

  void admit() {
    admitted = true;
  }

  boolean admitted() {
    return admitted;
  }
}

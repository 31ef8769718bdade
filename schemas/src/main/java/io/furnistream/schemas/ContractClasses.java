package io.furnistream.schemas;

import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;

/** Vouches for the classes of the contracts, without which Avro loads none of them. */
final class ContractClasses {

  static {
    // Since 1.12.2 Avro loads no class that a schema names unless somebody vouches for it.
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(
            ClassSecurityValidator.getGlobal(), ContractClasses::isContract));
  }

  private ContractClasses() {}

  /** Vouches for them, in this process and once. */
  static void vouch() {
    // Done by the initialiser.
  }

  private static boolean isContract(Class<?> type) {
    return SpecificRecord.class.isAssignableFrom(type)
        && type.getPackageName().equals(ContractClasses.class.getPackageName());
  }
}

"""faker_loop.py BOOTSTRAP_SERVERS TOPIC RECORDS: sales made by Faker and sent as JSON; prints what it took."""

import json
import sys
import time
import uuid
from datetime import UTC, datetime
from decimal import Decimal

from confluent_kafka import Producer
from faker import Faker

FIRST = datetime(2023, 12, 1, tzinfo=UTC)
LAST = datetime(2023, 12, 31, 23, 59, 59, tzinfo=UTC)


def sale(fake: Faker) -> dict[str, object]:
    """One sale with the fields of daily_records; money is decimal, and text in JSON."""
    time_of_order = fake.date_time_between(FIRST, LAST, tzinfo=UTC)
    price = fake.pydecimal(left_digits=3, right_digits=2, positive=True)
    unit_cost = price / 2
    quantity = fake.random_int(1, 10)
    discount = fake.random_element((Decimal(0), Decimal("0.1"), Decimal("0.2")))
    revenue = price * quantity * (1 - discount)
    return {
        "ts_id": str(uuid.uuid4()),
        "ts": time_of_order.isoformat(),
        "ts_date": time_of_order.date().isoformat(),
        "order_id": fake.bothify("CA-####-######"),
        "line": 1,
        "customer_id": fake.bothify("C-######"),
        "customer_name": fake.name(),
        "segment": fake.random_element(("Consumer", "Corporate", "Home Office")),
        "country": fake.country(),
        "state": fake.state(),
        "city": fake.city(),
        "latitude": str(fake.latitude()),
        "longitude": str(fake.longitude()),
        "platform": fake.random_element(("Store", "Website", "Mobile App", "Phone")),
        "payment_method": fake.random_element(("Credit Card", "Debit Card", "PayPal")),
        "category": fake.random_element(("Furniture", "Office Supplies", "Technology")),
        "sub_category": fake.word(),
        "product_id": fake.bothify("FUR-####"),
        "product_name": fake.catch_phrase(),
        "price": str(price),
        "unit_cost": str(unit_cost),
        "quantity": quantity,
        "discount": str(discount),
        "revenue": str(revenue),
        "profit": str(revenue - unit_cost * quantity),
    }


def main() -> None:
    """Sends the sales with the settings of the platform's producer."""
    bootstrap_servers, topic, records = sys.argv[1], sys.argv[2], int(sys.argv[3])
    failures = []
    producer = Producer(
        {
            "bootstrap.servers": bootstrap_servers,
            "acks": "all",
            "enable.idempotence": True,
            "compression.type": "zstd",
            "linger.ms": 20,
            "batch.size": 64 * 1024,
            "on_delivery": lambda error, message: failures.append(error) if error else None,
        }
    )
    fake = Faker("en_US")
    fake.seed_instance(7)
    sale(fake)  # loads what Faker loads
    start, cpu = time.perf_counter(), time.process_time()
    for _ in range(records):
        record = sale(fake)
        producer.produce(topic, key=str(record["ts_id"]), value=json.dumps(record))
        producer.poll(0)
    left = producer.flush(120)
    if left or failures:
        sys.exit(f"{left} records left, {len(failures)} refused: {failures[:1]}")
    print(f"seconds: {time.perf_counter() - start:.3f} cpu: {time.process_time() - cpu:.3f}")


if __name__ == "__main__":
    main()

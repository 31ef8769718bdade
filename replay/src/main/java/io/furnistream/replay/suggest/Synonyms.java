package io.furnistream.replay.suggest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What columns are called in the files that people have, by the field of a sale. */
final class Synonyms {

  private static final Map<String, List<String>> NAMES = names();

  private Synonyms() {}

  /** The fields, each with names of columns: the most usual comes first. */
  static Map<String, List<String>> all() {
    return NAMES;
  }

  private static Map<String, List<String>> names() {
    Map<String, List<String>> names = new LinkedHashMap<>();
    names.put(
        "ts",
        List.of(
            "orderdate",
            "date",
            "saledate",
            "invoicedate",
            "transactiondate",
            "timestamp",
            "datetime",
            "orderedat",
            "createdat",
            "day",
            "datum",
            "fecha"));
    names.put(
        "order_id",
        List.of(
            "orderid",
            "ordernumber",
            "orderno",
            "order",
            "invoice",
            "invoiceno",
            "invoiceid",
            "transactionid",
            "receipt",
            "name"));
    names.put("line", List.of("line", "lineno", "linenumber", "orderlinenumber"));
    names.put(
        "customer_id", List.of("customerid", "customerno", "customeremail", "email", "client"));
    names.put("customer_name", List.of("customername", "customer", "clientname", "billingname"));
    names.put("segment", List.of("segment", "customersegment", "customertype"));
    names.put("country", List.of("country", "shippingcountry", "billingcountry", "land"));
    names.put("state", List.of("state", "province", "region", "shippingprovince", "shippingstate"));
    names.put("city", List.of("city", "town", "shippingcity", "billingcity", "ort"));
    names.put("platform", List.of("platform", "channel", "saleschannel", "source"));
    names.put("payment_method", List.of("paymentmethod", "payment", "paymenttype"));
    names.put("category", List.of("category", "productcategory", "productline", "department"));
    names.put("sub_category", List.of("subcategory", "productsubcategory", "type"));
    names.put(
        "product_id",
        List.of("productid", "sku", "stockcode", "productcode", "itemcode", "lineitemsku"));
    names.put(
        "product_name",
        List.of(
            "productname",
            "product",
            "item",
            "itemname",
            "description",
            "lineitemname",
            "artikel",
            "title"));
    names.put(
        "quantity",
        List.of(
            "quantity",
            "quantityordered",
            "qty",
            "units",
            "pieces",
            "lineitemquantity",
            "menge",
            "amount"));
    names.put(
        "price",
        List.of(
            "price",
            "unitprice",
            "priceeach",
            "itemprice",
            "lineitemprice",
            "listprice",
            "einzelpreis"));
    names.put("unit_cost", List.of("unitcost", "cost", "costprice"));
    names.put("discount", List.of("discount", "discountrate", "discountpercent", "rabatt"));
    names.put("revenue", List.of("revenue", "sales", "total", "linetotal", "turnover", "umsatz"));
    names.put("profit", List.of("profit", "margin"));
    names.put("latitude", List.of("latitude", "lat"));
    names.put("longitude", List.of("longitude", "lng", "lon", "long"));
    return names;
  }
}

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
            "fecha",
            "rechnungsdatum",
            "bestelldatum",
            "verkaufsdatum"));
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
            "name",
            "rechnung",
            "rechnungsnummer",
            "rechnungsnr",
            "bestellnummer",
            "belegnummer",
            "bon"));
    names.put(
        "line",
        List.of("line", "lineno", "linenumber", "orderlinenumber", "pos", "position", "zeile"));
    names.put(
        "customer_id",
        List.of(
            "customerid",
            "customerno",
            "customeremail",
            "email",
            "client",
            "kundennummer",
            "kundennr"));
    names.put(
        "customer_name",
        List.of("customername", "customer", "clientname", "billingname", "kunde", "kundenname"));
    names.put("segment", List.of("segment", "customersegment", "customertype"));
    names.put("country", List.of("country", "shippingcountry", "billingcountry", "land", "staat"));
    names.put(
        "state",
        List.of("state", "province", "region", "shippingprovince", "shippingstate", "bundesland"));
    names.put("city", List.of("city", "town", "shippingcity", "billingcity", "ort", "stadt"));
    names.put("platform", List.of("platform", "channel", "saleschannel", "source"));
    names.put("payment_method", List.of("paymentmethod", "payment", "paymenttype", "zahlungsart"));
    names.put(
        "category",
        List.of(
            "category",
            "productcategory",
            "productline",
            "department",
            "kategorie",
            "warengruppe"));
    names.put("sub_category", List.of("subcategory", "productsubcategory", "type"));
    names.put(
        "product_id",
        List.of(
            "productid",
            "sku",
            "stockcode",
            "productcode",
            "itemcode",
            "lineitemsku",
            "artikelnummer",
            "artikelnr"));
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
            "title",
            "bezeichnung",
            "produkt",
            "artikelname"));
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
            "amount",
            "anzahl"));
    names.put(
        "price",
        List.of(
            "price",
            "unitprice",
            "priceeach",
            "itemprice",
            "lineitemprice",
            "listprice",
            "einzelpreis",
            "preis",
            "stückpreis"));
    names.put("unit_cost", List.of("unitcost", "cost", "costprice"));
    names.put("discount", List.of("discount", "discountrate", "discountpercent", "rabatt"));
    names.put(
        "revenue",
        List.of("revenue", "sales", "total", "linetotal", "turnover", "umsatz", "betrag", "summe"));
    names.put("profit", List.of("profit", "margin", "gewinn"));
    names.put("latitude", List.of("latitude", "lat"));
    names.put("longitude", List.of("longitude", "lng", "lon", "long"));
    return names;
  }
}

"""Sales of a shop that sells all over the world, of two days years ago: dates without times, as in a spreadsheet."""

from __future__ import annotations

FIRST = "2011-03-03"
LAST = "2011-03-04"

#: So far apart that a map of all shows the world.
PLACES = {
    "Hamburg": ("Hamburg", "Germany"),
    "Paris": ("Île-de-France", "France"),
    "Rio de Janeiro": ("Rio de Janeiro", "Brazil"),
    "Tokyo": ("Tokyo", "Japan"),
    "Sydney": ("New South Wales", "Australia"),
}

_HEADER = (
    "row_id,order_id,order_date,ship_date,ship_mode,customer_id,customer_name,segment,country,city,state,postal_code,"
    "region,product_id,category,sub_category,product_name,sales,quantity,discount,profit"
)


#: Who buys on which day in each place. One comes back, so that customers of days do not add up.
_CUSTOMERS = {"3/3/2011": ("Ada", "Ben"), "3/4/2011": ("Ada", "Cem")}


def csv() -> str:
    """The sales, as the mapping ``superstore`` reads them."""
    lines = [_HEADER]
    for day, customers in _CUSTOMERS.items():
        for city, (state, country) in PLACES.items():
            for customer in customers:
                number = len(lines)
                lines.append(
                    f"{number},A-{number},{day},{day},First Class,{customer}-{city},{customer},Consumer,{country},"
                    f"{city},{state},1,-,P-1,Furniture,Chairs,Chair,{number}00.25,1,0,{number}.5"
                )
    return "\n".join(lines) + "\n"

"""What Furnistream adds to Superset: the base map, the closed days, and a metadata database that is ready to use."""

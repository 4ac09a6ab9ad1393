"""Regions: their short names, and as Microsoft.Search shows them."""

from __future__ import annotations

# Short names: recordings ResourceGroup-NewResourceGroup_Error, and what was added since. Display
# names: recorded for West US, West US 2 and East US 2 EUAP; the rest as the public list has them.
DISPLAY = {
    "australiacentral": "Australia Central",
    "australiaeast": "Australia East",
    "australiasoutheast": "Australia Southeast",
    "brazilsouth": "Brazil South",
    "canadacentral": "Canada Central",
    "canadaeast": "Canada East",
    "centralindia": "Central India",
    "centralus": "Central US",
    "centraluseuap": "Central US EUAP",
    "eastasia": "East Asia",
    "eastus": "East US",
    "eastus2": "East US 2",
    "eastus2euap": "East US 2 EUAP",
    "francecentral": "France Central",
    "germanywestcentral": "Germany West Central",
    "israelcentral": "Israel Central",
    "italynorth": "Italy North",
    "japaneast": "Japan East",
    "japanwest": "Japan West",
    "koreacentral": "Korea Central",
    "koreasouth": "Korea South",
    "northcentralus": "North Central US",
    "northeurope": "North Europe",
    "norwayeast": "Norway East",
    "polandcentral": "Poland Central",
    "qatarcentral": "Qatar Central",
    "southafricanorth": "South Africa North",
    "southcentralus": "South Central US",
    "southeastasia": "Southeast Asia",
    "southindia": "South India",
    "spaincentral": "Spain Central",
    "swedencentral": "Sweden Central",
    "switzerlandnorth": "Switzerland North",
    "switzerlandwest": "Switzerland West",
    "uaenorth": "UAE North",
    "uksouth": "UK South",
    "ukwest": "UK West",
    "westcentralus": "West Central US",
    "westeurope": "West Europe",
    "westindia": "West India",
    "westus": "West US",
    "westus2": "West US 2",
    "westus3": "West US 3",
}
# Where geo-redundant accounts have their second copy (the public list of paired regions).
PAIRS = {
    "centralus": "eastus2",
    "centraluseuap": "eastus2euap",
    "eastus": "westus",
    "eastus2": "centralus",
    "eastus2euap": "centraluseuap",
    "northeurope": "westeurope",
    "southcentralus": "northcentralus",
    "swedencentral": "swedensouth",
    "westeurope": "northeurope",
    "westus": "eastus",
    "westus2": "westcentralus",
}


def short(location: str) -> str:
    """`West US` and `WESTUS` are `westus`."""
    return location.replace(" ", "").lower()

"""Moto's server on a free port of 127.0.0.1, for as long as the standard input is open.

The port is the kernel's choice, so that nothing can take it in between; the server prints it. The end of the standard input is the end
of whoever started the server, however that came about.
"""

import os
import threading
from typing import Any

from moto.core.common_models import CloudFormationModel
from moto.server import main


class ElastiCacheResource:
    """A resource of ElastiCache in a template, of which moto's CloudFormation has none: it has a name and an ARN, and is nothing else.

    What refers to it, as a policy does, can then be deployed.
    """

    type_name: str

    def __init__(self, name: str, account_id: str, region_name: str) -> None:
        self.physical_resource_id = name
        self.arn = f"arn:aws:elasticache:{region_name}:{account_id}:{self.type_name.lower()}:{name}"

    @staticmethod
    def cloudformation_name_type() -> str:
        return ""

    @classmethod
    def has_cfn_attr(cls, attr: str) -> bool:
        return attr == "Arn"

    def get_cfn_attribute(self, attribute_name: str) -> str:
        return self.arn

    @classmethod
    def create_from_cloudformation_json(
        cls, resource_name: str, cloudformation_json: dict[str, Any], account_id: str, region_name: str, **kwargs: Any
    ) -> "ElastiCacheResource":
        return cls(cloudformation_json["Properties"][f"{cls.type_name}Id"], account_id, region_name)

    def is_created(self) -> bool:
        return True


# Moto finds the direct subclasses of its model, by their module.
MODELS = [
    type(CloudFormationModel)(
        type_name,
        (ElastiCacheResource, CloudFormationModel),
        {
            "__module__": "moto.elasticache.models",
            "type_name": type_name,
            "cloudformation_type": staticmethod(lambda type_name=type_name: f"AWS::ElastiCache::{type_name}"),
        },
    )
    for type_name in ["User", "UserGroup", "ReplicationGroup"]
]


def end_with_parent() -> None:
    while os.read(0, 1):
        pass
    os._exit(0)


threading.Thread(target=end_with_parent, daemon=True).start()
main(["-H", "127.0.0.1", "-p", "0"])

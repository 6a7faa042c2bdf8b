"""The fields of foreign kinds that the chart uses, as their definitions have them; any other field is refused.

Kept by hand and small, since a cluster without these operators cannot check a typing error. Read against
CloudNativePG 1.30, its barman plugin 0.16, the RabbitMQ operators, Keycloak 26.7 (v2beta1), Gateway API v1 and the
Prometheus operator.
"""

from typing import Any

TEXT, NUMBER, FLAG = {"type": "string"}, {"type": "integer"}, {"type": "boolean"}
TEXTS: dict[str, Any] = {"type": "object", "additionalProperties": TEXT}


def closed(required: str = "", **fields: Any) -> dict[str, Any]:
    """An object with exactly these fields, of which the ones named in `required` must be there."""
    return {"type": "object", "additionalProperties": False, "required": required.split(), "properties": fields}


def some(item: Any) -> dict[str, Any]:
    return {"type": "array", "minItems": 1, "items": item}


def one_of(*values: str) -> dict[str, Any]:
    return {"enum": list(values)}


NAME = closed("name", name=TEXT)
KEY = closed("name key", name=TEXT, key=TEXT)
AMOUNTS = closed("cpu memory", cpu=TEXT, memory=TEXT)
RESOURCES = closed("requests limits", requests=AMOUNTS, limits=AMOUNTS)
LABELS = closed("matchLabels", matchLabels=TEXTS)
STORAGE = closed("size", size=TEXT, storageClass=TEXT)
PEER = closed(namespaceSelector=LABELS, podSelector=LABELS, ipBlock=closed("cidr", cidr=TEXT))
LOCALE = {"encoding": TEXT, "localeProvider": one_of("builtin", "icu", "libc"), "builtinLocale": TEXT}
COMPRESSED = closed(compression=one_of("gzip", "bzip2", "lz4", "snappy", "xz", "zstd"), encryption=one_of("AES256"))

SPECS: dict[str, dict[str, Any]] = {
    "postgresql.cnpg.io/v1/Cluster": closed(
        "instances imageName storage",
        instances=NUMBER,
        imageName=TEXT,
        primaryUpdateStrategy=one_of("unsupervised", "supervised"),
        enableSuperuserAccess=FLAG,
        enablePDB=FLAG,
        postgresql=closed(
            parameters=TEXTS,
            synchronous=closed(
                "method number",
                method=one_of("any", "first"),
                number=NUMBER,
                dataDurability=one_of("required", "preferred"),
                failoverQuorum=FLAG,
            ),
        ),
        bootstrap=closed(initdb=closed("database owner", database=TEXT, owner=TEXT, dataChecksums=FLAG, **LOCALE)),
        storage=STORAGE,
        walStorage=STORAGE,
        resources=RESOURCES,
        affinity=closed(
            enablePodAntiAffinity=FLAG, podAntiAffinityType=one_of("required", "preferred"), topologyKey=TEXT
        ),
        plugins=some(closed("name", name=TEXT, isWALArchiver=FLAG, parameters=TEXTS)),
    ),
    "postgresql.cnpg.io/v1/Database": closed(
        "cluster name owner",
        cluster=NAME,
        name=TEXT,
        owner=TEXT,
        ensure=one_of("present", "absent"),
        template=TEXT,
        databaseReclaimPolicy=one_of("delete", "retain"),
        **LOCALE,
    ),
    "postgresql.cnpg.io/v1/DatabaseRole": closed(
        "cluster name",
        cluster=NAME,
        name=TEXT,
        ensure=one_of("present"),
        login=FLAG,
        inherit=FLAG,
        superuser={"const": False},
        bypassrls={"const": False},
        createdb=FLAG,
        createrole=FLAG,
        replication=FLAG,
        databaseRoleReclaimPolicy=one_of("delete", "retain"),
    ),
    "postgresql.cnpg.io/v1/ScheduledBackup": closed(
        "schedule cluster",
        schedule={"type": "string", "pattern": r"^(\S+ ){5}\S+$"},
        backupOwnerReference=one_of("none", "self", "cluster"),
        immediate=FLAG,
        cluster=NAME,
        method=one_of("barmanObjectStore", "volumeSnapshot", "plugin"),
        pluginConfiguration=closed("name", name=TEXT, parameters=TEXTS),
    ),
    "barmancloud.cnpg.io/v1/ObjectStore": closed(
        "configuration",
        retentionPolicy={"type": "string", "pattern": "^[1-9][0-9]*[dwm]$"},
        configuration=closed(
            "destinationPath",
            destinationPath=TEXT,
            endpointURL=TEXT,
            s3Credentials=closed("accessKeyId secretAccessKey", accessKeyId=KEY, secretAccessKey=KEY),
            wal=COMPRESSED,
            data=COMPRESSED,
        ),
    ),
    "rabbitmq.com/v1beta1/RabbitmqCluster": closed(
        "replicas image",
        replicas=NUMBER,
        image=TEXT,
        persistence=closed("storage", storage=TEXT, storageClassName=TEXT),
        resources=RESOURCES,
        tls=closed("secretName", secretName=TEXT, disableNonTLSListeners=FLAG),
        rabbitmq=closed(additionalConfig=TEXT),
    ),
    "rabbitmq.com/v1beta1/Queue": closed(
        "name rabbitmqClusterReference",
        rabbitmqClusterReference=NAME,
        vhost=TEXT,
        name=TEXT,
        type=one_of("quorum"),
        durable=FLAG,
        arguments={"type": "object"},
    ),
    "rabbitmq.com/v1beta1/User": closed(
        "rabbitmqClusterReference", rabbitmqClusterReference=NAME, importCredentialsSecret=NAME
    ),
    "rabbitmq.com/v1beta1/Permission": closed(
        "vhost permissions rabbitmqClusterReference",
        vhost=TEXT,
        userReference=NAME,
        permissions=closed("configure write read", configure=TEXT, write=TEXT, read=TEXT),
        rabbitmqClusterReference=NAME,
    ),
    "k8s.keycloak.org/v2beta1/Keycloak": closed(
        "instances image hostname db",
        instances=NUMBER,
        image=TEXT,
        startOptimized=FLAG,
        automountServiceAccountToken={"const": False},
        http=closed(httpEnabled=FLAG, httpPort=NUMBER, tlsSecret=TEXT),
        ingress=closed(enabled=FLAG),
        proxy=closed(headers=one_of("xforwarded", "forwarded")),
        hostname=closed(hostname=TEXT, strict=FLAG, backchannelDynamic=FLAG),
        bootstrapAdmin=closed(service=closed("secret", secret=TEXT)),
        db=closed(
            "vendor",
            vendor=TEXT,
            host=TEXT,
            port=NUMBER,
            database=TEXT,
            usernameSecret=KEY,
            passwordSecret=KEY,
            poolMinSize=NUMBER,
            poolMaxSize=NUMBER,
        ),
        resources=RESOURCES,
        networkPolicy=closed("enabled http management", enabled=FLAG, http=some(PEER), management=some(PEER)),
        serviceMonitor=closed(enabled=FLAG),
        update=closed(strategy=one_of("RecreateOnImageChange", "Auto", "Explicit"), revision=TEXT),
        additionalOptions=some(closed("name value", name=TEXT, value=TEXT)),
    ),
    "gateway.networking.k8s.io/v1/HTTPRoute": closed(
        "parentRefs hostnames rules",
        parentRefs=some(closed("name", name=TEXT, namespace=TEXT, sectionName=TEXT)),
        hostnames={**some(TEXT), "maxItems": 16},
        rules=some(
            closed(
                "backendRefs",
                matches=some(closed(path=closed("type value", type=one_of("PathPrefix", "Exact"), value=TEXT))),
                timeouts=closed(request=TEXT),
                backendRefs=some(closed("name port", name=TEXT, port=NUMBER)),
            )
        ),
    ),
    "monitoring.coreos.com/v1/PodMonitor": closed(
        "selector podMetricsEndpoints",
        selector=LABELS,
        podMetricsEndpoints=some(closed("port", port=TEXT, scheme=one_of("http", "https"), interval=TEXT)),
    ),
}

using MPilot.Jobs.Hosting.Configuration;
using MPilot.Jobs.Hosting.Tests.Support;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Hosting.Tests.Configuration;

/// <summary>What is wrong with a configuration, each under its full key.</summary>
public sealed class MistakesTests
{
    [Theory]
    [InlineData("""{"Colour":"red"}""", "MPilot:Colour")]
    [InlineData("""{"Http":{"Prot":1}}""", "MPilot:Http:Prot")]
    [InlineData("""{"Data":""}""", "MPilot:Data")]
    [InlineData("""{"Data":{"Path":"x"}}""", "MPilot:Data")]
    [InlineData("""{"Data":["x"]}""", "MPilot:Data")]
    [InlineData("""{"Store":{"Path":""}}""", "MPilot:Store:Path")]
    [InlineData("""{"Store":{"Kind":"oracle"}}""", "MPilot:Store:Kind")]
    [InlineData("""{"Store":{"ConnectionString":"Host=db;Database=jobs"}}""", "MPilot:Store:ConnectionString")]
    [InlineData("""{"Store":{"Kind":"postgres"}}""", "MPilot:Store:ConnectionString")]
    [InlineData("""{"Store":{"Kind":"postgres","ConnectionString":"postgres://db/jobs"}}""", "MPilot:Store:ConnectionString")]
    [InlineData("""{"Store":{"Kind":"postgres","ConnectionString":"Database=jobs"}}""", "MPilot:Store:ConnectionString")]
    [InlineData("""{"Store":{"Kind":"postgres","ConnectionString":"Host=db;Database=jobs;Command Timeout=0"}}""", "MPilot:Store:ConnectionString")]
    [InlineData("""{"Store":{"Kind":"postgres","ConnectionString":"Host=db;Database=jobs","Path":"x"}}""", "MPilot:Store:Path")]
    [InlineData("""{"Bus":{"Kind":"kafka"}}""", "MPilot:Bus:Kind")]
    [InlineData("""{"Bus":{"Uri":"amqp://rabbit"}}""", "MPilot:Bus:Uri")]
    [InlineData("""{"Bus":{"Kind":"rabbitmq"}}""", "MPilot:Bus:Uri")]
    [InlineData("""{"Bus":{"Kind":"rabbitmq","Uri":"rabbit"}}""", "MPilot:Bus:Uri")]
    [InlineData("""{"Bus":{"Kind":"rabbitmq","Uri":"https://rabbit"}}""", "MPilot:Bus:Uri")]
    [InlineData("""{"Bus":{"Kind":"rabbitmq","Uri":"amqp://rabbit/?heartbeat=1"}}""", "MPilot:Bus:Uri")]
    [InlineData("""{"Webhooks":{"Timeout":"00:00:00"}}""", "MPilot:Webhooks:Timeout")]
    [InlineData("""{"Webhooks":{"Timeout":"00:06:00"}}""", "MPilot:Webhooks:Timeout")]
    [InlineData("""{"Webhooks":{"Schedule":["00:00:05","00:00:00"]}}""", "MPilot:Webhooks:Schedule:1")]
    [InlineData("""{"Webhooks":{"Concurrency":0}}""", "MPilot:Webhooks:Concurrency")]
    [InlineData("""{"Webhooks":{"MaxInFlight":10001}}""", "MPilot:Webhooks:MaxInFlight")]
    [InlineData("""{"Webhooks":{"BreakerFailures":0}}""", "MPilot:Webhooks:BreakerFailures")]
    [InlineData("""{"Webhooks":{"BreakerOpenFor":"2.00:00:00"}}""", "MPilot:Webhooks:BreakerOpenFor")]
    [InlineData("""{"Webhooks":{"RotationOverlap":"-01:00:00"}}""", "MPilot:Webhooks:RotationOverlap")]
    [InlineData("""{"Webhooks":{"MaxEndpoints":0}}""", "MPilot:Webhooks:MaxEndpoints")]
    [InlineData("""{"Webhooks":{"Retries":3}}""", "MPilot:Webhooks:Retries")]
    [InlineData("""{"Buckets":{"Timeout":"00:00:00"}}""", "MPilot:Buckets:Timeout")]
    [InlineData("""{"Buckets":{"Timeout":"01:00:01"}}""", "MPilot:Buckets:Timeout")]
    [InlineData("""{"Buckets":{"Schedule":["00:00:05","8.00:00:00"]}}""", "MPilot:Buckets:Schedule:1")]
    [InlineData("""{"Buckets":{"Concurrency":0}}""", "MPilot:Buckets:Concurrency")]
    [InlineData("""{"Buckets":{"MaxInFlight":10001}}""", "MPilot:Buckets:MaxInFlight")]
    [InlineData("""{"Buckets":{"BreakerFailures":0}}""", "MPilot:Buckets:BreakerFailures")]
    [InlineData("""{"Buckets":{"BreakerOpenFor":"2.00:00:00"}}""", "MPilot:Buckets:BreakerOpenFor")]
    [InlineData("""{"Buckets":{"Retries":3}}""", "MPilot:Buckets:Retries")]
    [InlineData("""{"Retention":{"Deliveries":"00:00:00"}}""", "MPilot:Retention:Deliveries")]
    [InlineData("""{"Artifacts":{"Kind":"s3"}}""", "MPilot:Artifacts:Kind")]
    [InlineData("""{"Artifacts":{"Path":""}}""", "MPilot:Artifacts:Path")]
    [InlineData("""{"Artifacts":{"MinFreeBytes":-1}}""", "MPilot:Artifacts:MinFreeBytes")]
    [InlineData("""{"Artifacts":{"ConnectionString":"UseDevelopmentStorage=true"}}""", "MPilot:Artifacts:ConnectionString")]
    [InlineData("""{"Artifacts":{"ServiceUri":"https://a.blob.core.windows.net"}}""", "MPilot:Artifacts:ServiceUri")]
    [InlineData("""{"Artifacts":{"Links":"sas"}}""", "MPilot:Artifacts:Links")]
    [InlineData("""{"Artifacts":{"Links":"theirs"}}""", "MPilot:Artifacts:Links")]
    [InlineData("""{"Artifacts":{"Kind":"azure-blob"}}""", "MPilot:Artifacts:ConnectionString")]
    [InlineData("""{"Artifacts":{"Kind":"azure-blob","ConnectionString":"UseDevelopmentStorage=true","ServiceUri":"https://a.blob.core.windows.net"}}""", "MPilot:Artifacts:ConnectionString")]
    [InlineData("""{"Artifacts":{"Kind":"azure-blob","ConnectionString":"AccountName=a"}}""", "MPilot:Artifacts:ConnectionString")]
    [InlineData("""{"Artifacts":{"Kind":"azure-blob","ConnectionString":"BlobEndpoint=https://a.blob.core.windows.net"}}""", "MPilot:Artifacts:ConnectionString")]
    [InlineData("""{"Artifacts":{"Kind":"azure-blob","ConnectionString":"AccountName=a;AccountKey=not-base64;EndpointSuffix=core.windows.net"}}""", "MPilot:Artifacts:ConnectionString")]
    [InlineData("""{"Artifacts":{"Kind":"azure-blob","ConnectionString":"UseDevelopmentStorage=true","Container":"A"}}""", "MPilot:Artifacts:Container")]
    [InlineData("""{"Artifacts":{"Kind":"azure-blob","ConnectionString":"UseDevelopmentStorage=true","Container":"a--b"}}""", "MPilot:Artifacts:Container")]
    [InlineData("""{"Artifacts":{"Kind":"azure-blob","ServiceUri":"http://a.blob.core.windows.net"}}""", "MPilot:Artifacts:ServiceUri")]
    [InlineData("""{"Artifacts":{"Kind":"azure-blob","ServiceUri":"http://a.blob.core.windows.net?sv=1&sig=x"}}""", "MPilot:Artifacts:ServiceUri")]
    [InlineData("""{"Artifacts":{"Kind":"azure-blob","ServiceUri":"https://a.blob.core.windows.net?sv=1"}}""", "MPilot:Artifacts:ServiceUri")]
    [InlineData("""{"Artifacts":{"Kind":"azure-blob","ServiceUri":"https://u:p@a.blob.core.windows.net"}}""", "MPilot:Artifacts:ServiceUri")]
    [InlineData("""{"Artifacts":{"Kind":"azure-blob","ServiceUri":"https://a.blob.core.windows.net","Links":"sas"}}""", "MPilot:Artifacts:Links")]
    [InlineData("""{"Artifacts":{"Kind":"azure-blob","ConnectionString":"BlobEndpoint=https://a.blob.core.windows.net;SharedAccessSignature=sv=1&sig=x","Links":"sas"}}""", "MPilot:Artifacts:Links")]
    [InlineData("""{"DefaultModel":"gpt-image-2"}""", "MPilot:DefaultModel")]
    [InlineData("""{"DefaultModel":"local/"}""", "MPilot:DefaultModel")]
    [InlineData("""{"Aliases":{"x":"nobody/y"}}""", "MPilot:Aliases:x")]
    [InlineData("""{"Aliases":{"x":{"y":"local/z"}}}""", "MPilot:Aliases:x")]
    [InlineData("""{"Providers":{"p":{"Kind":"pigeon"}}}""", "MPilot:Providers:p:Kind")]
    [InlineData("""{"Providers":{"p":{}}}""", "MPilot:Providers:p:Kind")]
    [InlineData("""{"Providers":{"p q":{"Kind":"local"}}}""", "MPilot:Providers:p q")]
    [InlineData("""{"Providers":{"local":{"Kind":"local","Timeout":"soon"}}}""", "MPilot:Providers:local:Timeout")]
    [InlineData("""{"Providers":{"local":{"Kind":"local","Timeout":"00:00:00"}}}""", "MPilot:Providers:local:Timeout")]
    [InlineData("""{"Providers":{"local":{"Kind":"local","Retries":21}}}""", "MPilot:Providers:local:Retries")]
    [InlineData("""{"Providers":{"local":{"Kind":"local","Retries":1.5}}}""", "MPilot:Providers:local:Retries")]
    [InlineData("""{"Providers":{"local":{"Kind":"local","Retries":99999999999}}}""", "MPilot:Providers:local:Retries")]
    [InlineData("""{"Providers":{"local":{"Kind":"local","Concurrency":0}}}""", "MPilot:Providers:local:Concurrency")]
    [InlineData("""{"Providers":{"local":{"Kind":"local","RequestsPerMinute":0}}}""", "MPilot:Providers:local:RequestsPerMinute")]
    [InlineData("""{"Providers":{"local":{"Kind":"local","AwaitedReserve":1}}}""", "MPilot:Providers:local:AwaitedReserve")]
    [InlineData("""{"Providers":{"local":{"Kind":"local","AwaitedReserve":-0.1}}}""", "MPilot:Providers:local:AwaitedReserve")]
    [InlineData("""{"Providers":{"local":{"Kind":"local","MaxQueued":0}}}""", "MPilot:Providers:local:MaxQueued")]
    [InlineData("""{"Providers":{"local":{"Kind":"local","Breaker":{"Failures":0}}}}""", "MPilot:Providers:local:Breaker:Failures")]
    [InlineData("""{"Providers":{"local":{"Kind":"local","Breaker":{"OpenFor":"00:00:00"}}}}""", "MPilot:Providers:local:Breaker:OpenFor")]
    [InlineData("""{"Providers":{"local":{"Kind":"local","CoolDown":{"Quota":"2.00:00:00"}}}}""", "MPilot:Providers:local:CoolDown:Quota")]
    [InlineData("""{"Providers":{"o":{"Kind":"openai","BaseUrl":"http://x","Keys":[{"Secret":"a","Concurrency":0}]}}}""", "MPilot:Providers:o:Keys:0:Concurrency")]
    [InlineData("""{"Providers":{"o":{"Kind":"openai","BaseUrl":"http://x","Keys":[{"Secret":"a","RequestsPerMinute":0}]}}}""", "MPilot:Providers:o:Keys:0:RequestsPerMinute")]
    [InlineData("""{"Providers":{"local":{"Kind":"local","OnLost":"shrug"}}}""", "MPilot:Providers:local:OnLost")]
    [InlineData("""{"Providers":{"local":{"Kind":"local","BaseUrl":"http://x"}}}""", "MPilot:Providers:local:BaseUrl")]
    [InlineData("""{"Providers":{"local":{"Kind":"local","Keys":[{"Secret":"s"}]}}}""", "MPilot:Providers:local:Keys")]
    [InlineData("""{"Providers":{"o":{"Kind":"openai"}}}""", "MPilot:Providers:o:Keys")]
    [InlineData("""{"Providers":{"o":{"Kind":"openai","BaseUrl":"nowhere","Keys":[{"Secret":"s"}]}}}""", "MPilot:Providers:o:BaseUrl")]
    [InlineData("""{"Providers":{"o":{"Kind":"openai","BaseUrl":"http://u:p@x"}}}""", "MPilot:Providers:o:BaseUrl")]
    [InlineData("""{"Providers":{"o":{"Kind":"openai","BaseUrl":"http://x","DownloadHosts":["a/b"]}}}""", "MPilot:Providers:o:DownloadHosts:0")]
    [InlineData("""{"Providers":{"o":{"Kind":"openai","Keys":[{"Secret":"a b"}]}}}""", "MPilot:Providers:o:Keys:0:Secret")]
    [InlineData("""{"Providers":{"o":{"Kind":"openai","Keys":[{"Secret":"a","Weight":0}]}}}""", "MPilot:Providers:o:Keys:0:Weight")]
    [InlineData("""{"Providers":{"o":{"Kind":"openai","Keys":[{"Secret":"a","Weight":1e300}]}}}""", "MPilot:Providers:o:Keys:0:Weight")]
    [InlineData("""{"Providers":{"o":{"Kind":"openai","Keys":[{"Secret":"a","Weight":"NaN"}]}}}""", "MPilot:Providers:o:Keys:0:Weight")]
    [InlineData("""{"Providers":{"o":{"Kind":"openai","Keys":[{"Secret":"a","Name":"k"},{"Secret":"b","Name":"k"}]}}}""", "MPilot:Providers:o:Keys:1:Name")]
    [InlineData("""{"Keys":[{"Tenant":"shop"}]}""", "MPilot:Keys:0:Secret")]
    [InlineData("""{"Keys":[{"Secret":"sk-proj-0123456789abcdef","Tenant":"shop"}]}""", "MPilot:Keys:0:Secret")]
    [InlineData("""{"Keys":[{"Secret":"sk-bf-0123456789abcde","Tenant":"shop"}]}""", "MPilot:Keys:0:Secret")]
    [InlineData("""{"Keys":[{"Secret":"sk-bf-0123456789 bcdef","Tenant":"shop"}]}""", "MPilot:Keys:0:Secret")]
    [InlineData("""{"Keys":[{"Secret":"env:NOT_SET","Tenant":"shop"}]}""", "MPilot:Keys:0:Secret")]
    [InlineData("""{"Keys":[{"Secret":"sk-bf-0123456789abcdef","Tenant":"shop"},{"Secret":"sk-bf-0123456789abcdef","Tenant":"shop"}]}""", "MPilot:Keys:1:Secret")]
    [InlineData("""{"Keys":[{"Secret":"sk-bf-0123456789abcdef"}]}""", "MPilot:Keys:0:Tenant")]
    [InlineData("""{"Keys":[{"Secret":"sk-bf-0123456789abcdef","Tenant":"the shop"}]}""", "MPilot:Keys:0:Tenant")]
    [InlineData("""{"Keys":[{"Secret":"sk-bf-0123456789abcdef","Tenant":"a/b"}]}""", "MPilot:Keys:0:Tenant")]
    [InlineData("""{"Keys":[{"Name":"a b","Secret":"sk-bf-0123456789abcdef","Tenant":"shop"}]}""", "MPilot:Keys:0:Name")]
    [InlineData("""{"Keys":[{"Name":"key2","Secret":"sk-bf-0123456789abcdef","Tenant":"shop"},{"Secret":"sk-bf-fedcba9876543210","Tenant":"shop"}]}""", "MPilot:Keys:1:Name")]
    [InlineData("""{"Keys":[{"ExpiresAt":"tomorrow","Secret":"sk-bf-0123456789abcdef","Tenant":"shop"}]}""", "MPilot:Keys:0:ExpiresAt")]
    [InlineData("""{"Keys":[{"Blocked":"maybe","Secret":"sk-bf-0123456789abcdef","Tenant":"shop"}]}""", "MPilot:Keys:0:Blocked")]
    [InlineData("""{"Keys":[{"Models":["gpt-image-2"],"Secret":"sk-bf-0123456789abcdef","Tenant":"shop"}]}""", "MPilot:Keys:0:Models:0")]
    [InlineData("""{"Keys":[{"Models":["local/*","nobody/x"],"Secret":"sk-bf-0123456789abcdef","Tenant":"shop"}]}""", "MPilot:Keys:0:Models:1")]
    [InlineData("""{"Keys":[{"Colour":"red","Secret":"sk-bf-0123456789abcdef","Tenant":"shop"}]}""", "MPilot:Keys:0:Colour")]
    [InlineData("""{"Keys":[{"Secret":"sk-bf-0123456789abcdef","Tenant":"shop"}],"Http":{"Listen":"http://shop.example:1"}}""", "MPilot:Http:Listen")]
    [InlineData("""{"Providers":{"r":{"Kind":"replicate"}}}""", "MPilot:Providers:r:Keys")]
    [InlineData("""{"Providers":{"r":{"Kind":"replicate","BaseUrl":"http://x","Capabilities":[{"Fields":{"picture":"a"}}]}}}""", "MPilot:Providers:r:Capabilities:0:Fields:picture")]
    [InlineData("""{"Providers":{"r":{"Kind":"replicate","BaseUrl":"http://x","Capabilities":[{"Fields":{"image":""}}]}}}""", "MPilot:Providers:r:Capabilities:0:Fields:image")]
    [InlineData("""{"Providers":{"o":{"Kind":"openai","BaseUrl":"http://x","Capabilities":[{"Fields":{"image":"a"}}]}}}""", "MPilot:Providers:o:Capabilities:0:Fields")]
    [InlineData("""{"Currency":"euro"}""", "MPilot:Currency")]
    [InlineData("""{"Currency":"usd"}""", "MPilot:Currency")]
    [InlineData("""{"Providers":{"local":{"Kind":"local","Prices":[{"Call":1,"Colour":2}]}}}""", "MPilot:Providers:local:Prices:0:Colour")]
    [InlineData("""{"Providers":{"local":{"Kind":"local","Prices":[{"Call":1,"Models":""}]}}}""", "MPilot:Providers:local:Prices:0:Models")]
    [InlineData("""{"Providers":{"local":{"Kind":"local","Prices":[{"Call":1},{"Models":"a"}]}}}""", "MPilot:Providers:local:Prices:1")]
    [InlineData("""{"Providers":{"local":{"Kind":"local","Prices":[{"Call":-0.01}]}}}""", "MPilot:Providers:local:Prices:0:Call")]
    [InlineData("""{"Providers":{"local":{"Kind":"local","Prices":[{"Call":1,"InputText":"dear"}]}}}""", "MPilot:Providers:local:Prices:0:InputText")]
    [InlineData("""{"Providers":{"local":{"Kind":"local","Prices":[{"OutputImage":1000001}]}}}""", "MPilot:Providers:local:Prices:0:OutputImage")]
    [InlineData("""{"Providers":{"local":{"Kind":"local","Prices":[{"Images":[{"Price":1},{"Size":"big","Price":1}]}]}}}""", "MPilot:Providers:local:Prices:0:Images:1:Size")]
    [InlineData("""{"Providers":{"local":{"Kind":"local","Prices":[{"Images":[{"Quality":"high"}]}]}}}""", "MPilot:Providers:local:Prices:0:Images:0:Price")]
    [InlineData("""{"Providers":{"local":{"Kind":"local","Prices":[{"Call":1,"Limits":{"Megapixels":-1}}]}}}""", "MPilot:Providers:local:Prices:0:Limits:Megapixels")]
    [InlineData("""{"Providers":{"local":{"Kind":"local","Prices":[{"Call":1,"Limits":{"InputImageTokens":1.5}}]}}}""", "MPilot:Providers:local:Prices:0:Limits:InputImageTokens")]
    [InlineData("""{"Http":{"Listen":"8080"}}""", "MPilot:Http:Listen")]
    [InlineData("""{"Http":{"Listen":"https://127.0.0.1:1"}}""", "MPilot:Http:Listen")]
    [InlineData("""{"Http":{"Listen":"http://0.0.0.0:1"}}""", "MPilot:Http:Listen")]
    [InlineData("""{"Http":{"Listen":"http://*:1"}}""", "MPilot:Http:Listen")]
    [InlineData("""{"Http":{"Listen":"http://shop.example:1"}}""", "MPilot:Http:Listen")]
    [InlineData("""{"Http":{"Listen":"http://127.0.0.1:70000"}}""", "MPilot:Http:Listen")]
    [InlineData("""{"Http":{"Listen":"http://127.0.0.1:1/path"}}""", "MPilot:Http:Listen")]
    [InlineData("""{"Http":{"Listen":"http://localhost:0"}}""", "MPilot:Http:Listen")]
    [InlineData("""{"Http":{"Listen":"http://x@127.0.0.1:1"}}""", "MPilot:Http:Listen")]
    [InlineData("""{"Http":{"Listen":"http://127.0.0.1:1/?;http://0.0.0.0:1"}}""", "MPilot:Http:Listen")]
    [InlineData("""{"Http":{"Listen":"http://127.0.0.1:1/#;http://0.0.0.0:1"}}""", "MPilot:Http:Listen")]
    [InlineData("""{"Http":{"PublicBaseUrl":"ftp://shop.example"}}""", "MPilot:Http:PublicBaseUrl")]
    [InlineData("""{"Http":{"PublicBaseUrl":"https://shop.example/?a=b"}}""", "MPilot:Http:PublicBaseUrl")]
    [InlineData("""{"Http":{"DefaultResponseFormat":"png"}}""", "MPilot:Http:DefaultResponseFormat")]
    [InlineData("""{"Http":{"AllowedOrigins":["https://a.example","https://b.example/x"]}}""", "MPilot:Http:AllowedOrigins:1")]
    [InlineData("""{"Http":{"FetchPorts":[443,70000]}}""", "MPilot:Http:FetchPorts:1")]
    [InlineData("""{"Http":{"FetchPorts":["https"]}}""", "MPilot:Http:FetchPorts:0")]
    [InlineData("""{"Http":{"FetchTime":"00:00:00"}}""", "MPilot:Http:FetchTime")]
    [InlineData("""{"Http":{"FetchHeaderTime":"2.00:00:00"}}""", "MPilot:Http:FetchHeaderTime")]
    [InlineData("""{"Http":{"FetchPictures":"sometimes"}}""", "MPilot:Http:FetchPictures")]
    [InlineData("""{"Http":{"MaxBodyBytes":0}}""", "MPilot:Http:MaxBodyBytes")]
    [InlineData("""{"Http":{"DrainBytes":-1}}""", "MPilot:Http:DrainBytes")]
    [InlineData("""{"Http":{"DrainTime":"-00:00:01"}}""", "MPilot:Http:DrainTime")]
    [InlineData("""{"Pictures":{"MaxBytes":0}}""", "MPilot:Pictures:MaxBytes")]
    [InlineData("""{"Pictures":{"MaxPixels":0}}""", "MPilot:Pictures:MaxPixels")]
    [InlineData("""{"Pictures":{"PixelBudget":0}}""", "MPilot:Pictures:PixelBudget")]
    [InlineData("""{"Jobs":{"Deadline":"00:00:00"}}""", "MPilot:Jobs:Deadline")]
    [InlineData("""{"Jobs":{"AsyncDeadline":"00:00:00"}}""", "MPilot:Jobs:AsyncDeadline")]
    [InlineData("""{"Jobs":{"AsyncDeadline":"10000000.00:00:00"}}""", "MPilot:Jobs:AsyncDeadline")]
    [InlineData("""{"Retention":{"Results":"00:00:00"}}""", "MPilot:Retention:Results")]
    [InlineData("""{"Retention":{"IdempotencyKeys":"00:00:00"}}""", "MPilot:Retention:IdempotencyKeys")]
    [InlineData("""{"Retention":{"Events":"00:00:00"}}""", "MPilot:Retention:Events")]
    [InlineData("""{"Retention":{"Jobs":"00:00:00"}}""", "MPilot:Retention:Jobs")]
    [InlineData("""{"Retention":{"Files":"00:00:00"}}""", "MPilot:Retention:Files")]
    [InlineData("""{"Retention":{"SweepInterval":"00:00:00"}}""", "MPilot:Retention:SweepInterval")]
    [InlineData("""{"Retention":{"SweepInterval":"90.00:00:00"}}""", "MPilot:Retention:SweepInterval")]
    [InlineData("""{"Cluster":{"Role":"leader"}}""", "MPilot:Cluster:Role")]
    [InlineData("""{"Cluster":{"Name":""}}""", "MPilot:Cluster:Name")]
    [InlineData("""{"Cluster":{"Membership":"gossip"}}""", "MPilot:Cluster:Membership")]
    [InlineData("""{"Cluster":{"PrimaryPort":11111}}""", "MPilot:Cluster:PrimaryPort")]
    [InlineData("""{"Cluster":{"Membership":"localhost","PrimaryPort":0}}""", "MPilot:Cluster:PrimaryPort")]
    [InlineData("""{"Cluster":{"Address":"silo-1:11111"}}""", "MPilot:Cluster:Address")]
    [InlineData("""{"Cluster":{"Address":""}}""", "MPilot:Cluster:Address")]
    [InlineData("""{"Cluster":{"SiloPort":0}}""", "MPilot:Cluster:SiloPort")]
    [InlineData("""{"Cluster":{"GatewayPort":65536}}""", "MPilot:Cluster:GatewayPort")]
    [InlineData("""{"Cluster":{"Lease":"00:00:00.5"}}""", "MPilot:Cluster:Lease")]
    [InlineData("""{"Cluster":{"Lease":"01:00:01"}}""", "MPilot:Cluster:Lease")]
    [InlineData("""{"Cluster":{"SweepInterval":"00:00:00"}}""", "MPilot:Cluster:SweepInterval")]
    [InlineData("""{"Cluster":{"SweepInterval":"01:00:01"}}""", "MPilot:Cluster:SweepInterval")]
    [InlineData("""{"Cluster":{"Size":3}}""", "MPilot:Cluster:Size")]
    public void Read_WhenOneThingIsWrong_NamesItAlone(string section, string key)
        => Reading.MistakesIn(section).Select(m => m.Key).ShouldBe([key]);

    [Theory]
    [InlineData("""{"Jobs":{"Deadline":900}}""", "a bare number would be days")]
    [InlineData("""{"Jobs":{"Deadline":"24:00:00"}}""", "24 hours would be 24 days")]
    public void Read_WhenATimeCouldBeMisread_RefusesIt(string section, string why)
        => Reading.MistakesIn(section).Select(m => m.Key).ShouldBe(["MPilot:Jobs:Deadline"], why);

    [Theory]
    [InlineData("\"x\"", "MPilot")]
    [InlineData("[]", "MPilot")]
    [InlineData("""{"Http":"http://127.0.0.1:1"}""", "MPilot:Http")]
    [InlineData("""{"Http":8080}""", "MPilot:Http")]
    [InlineData("""{"Http":true}""", "MPilot:Http")]
    [InlineData("""{"Http":[]}""", "MPilot:Http")]
    [InlineData("""{"Http":["x"]}""", "MPilot:Http:0")]
    [InlineData("""{"Providers":"openai"}""", "MPilot:Providers")]
    [InlineData("""{"Providers":[{"Kind":"local"}]}""", "MPilot:Providers")]
    [InlineData("""{"Providers":{"local":"local"}}""", "MPilot:Providers:local")]
    [InlineData("""{"Aliases":"x"}""", "MPilot:Aliases")]
    [InlineData("""{"Aliases":["local/x"]}""", "MPilot:Aliases")]
    [InlineData("""{"Http":{"AllowedOrigins":"https://a.example"}}""", "MPilot:Http:AllowedOrigins")]
    [InlineData("""{"Http":{"AllowedOrigins":{"a":"https://a.example"}}}""", "MPilot:Http:AllowedOrigins")]
    [InlineData("""{"Http":{"AllowedOrigins":[null]}}""", "MPilot:Http:AllowedOrigins:0")]
    [InlineData("""{"Http":{"AllowedOrigins":[["https://a.example"]]}}""", "MPilot:Http:AllowedOrigins:0")]
    [InlineData("""{"Providers":{"local":{"Kind":"local","Prices":{"Call":1}}}}""", "MPilot:Providers:local:Prices")]
    [InlineData("""{"Providers":{"local":{"Kind":"local","Prices":[1]}}}""", "MPilot:Providers:local:Prices:0")]
    [InlineData("""{"Providers":{"local":{"Kind":"local","Keys":"s"}}}""", "MPilot:Providers:local:Keys")]
    [InlineData("""{"Providers":{"o":{"Kind":"openai","BaseUrl":"http://x","Keys":{"Secret":"s"}}}}""", "MPilot:Providers:o:Keys")]
    [InlineData("""{"Providers":{"o":{"Kind":"openai","BaseUrl":"http://x","Keys":["s"]}}}""", "MPilot:Providers:o:Keys:0")]
    public void Read_WhenANodeIsOfTheWrongKind_NamesIt(string section, string key)
        => Reading.MistakesIn(section).Select(m => m.Key).ShouldBe([key]);

    [Fact]
    public void Read_WhenManyThingsAreWrong_NamesThemAllAtOnce()
        => Reading.MistakesIn("""
            {"Providers":{"openai":{"Kind":"openai","Keys":[{"Secret":"fine"},{"Secret":"env:NOT_SET"}],"Retries":-1,"Timeout":"soon"},"b":{"Kind":"pigeon"}},
             "Aliases":{"x":"nobody/y"},"Colour":"red","Http":"x"}
            """).Select(m => m.Key).ShouldBe(
            [
                "MPilot:Providers:openai:Keys:1:Secret", "MPilot:Providers:openai:Retries", "MPilot:Providers:openai:Timeout", "MPilot:Providers:b:Kind",
                "MPilot:Aliases:x", "MPilot:Colour", "MPilot:Http",
            ], ignoreOrder: true);

    [Fact]
    public void Read_WhenAListItemIsAMistake_KeepsTheIndexOfTheNext()
        => Reading.MistakesIn("""{"Http":{"AllowedOrigins":["env:NOT_SET","https://b.example/x"]}}""").Select(m => m.Key)
            .ShouldBe(["MPilot:Http:AllowedOrigins:0", "MPilot:Http:AllowedOrigins:1"]);

    [Fact]
    public void Read_WhenEnvironmentListHasAGap_NamesTheList()
        => Reading.MistakesIn("{}", new Dictionary<string, string> { ["MPILOT__Http__AllowedOrigins__2"] = "https://a.example" }).Select(m => m.Key)
            .ShouldBe(["MPilot:Http:AllowedOrigins"]);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("A=B")]
    public void Read_WhenEnvNamesNoVariable_SaysSoWithoutTheText(string name)
    {
        var mistake = Reading.MistakesIn($$"""{"Data":"env:{{name}}"}""").ShouldHaveSingleItem();
        mistake.Key.ShouldBe("MPilot:Data");
        mistake.Message.ShouldNotContain("A=B");
    }

    [Fact]
    public void Read_WhenTheNamedVariableIsEmpty_CallsItUnset()
        => Reading.MistakesIn("""{"Data":"env:DIR"}""", new Dictionary<string, string> { ["DIR"] = "" }).ShouldHaveSingleItem().Message.ShouldContain("DIR");

    [Theory]
    [InlineData("""{"Logging":{"LogLevel":{"Default":"Loud"}}}""", "Logging:LogLevel:Default")]
    [InlineData("""{"Logging":{"Console":{"LogLevel":{"MPilot":"99"}}}}""", "Logging:Console:LogLevel:MPilot")]
    public void Read_WhenALogLevelIsUnknown_NamesIt(string json, string key)
        => Should.Throw<ConfigurationException>(() => Reading.Read(json)).Mistakes.Select(m => m.Key).ShouldBe([key]);
}

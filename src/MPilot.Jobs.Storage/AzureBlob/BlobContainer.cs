using Azure;
using Azure.Core.Pipeline;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Storage.AzureBlob;

/// <summary>A container of an Azure storage account, for any number of processes. Open it before use.</summary>
public sealed class BlobContainer : IDisposable
{
    /// <summary>After the first try of a call. 3; with the waits between them a server that is down is noticed within 2 s.</summary>
    private const int Retries = 3;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    /// <summary>For one try of a call, or for a silence while bytes come.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly SocketsHttpHandler _http;
    private readonly BlobContainerClient _client;

    private BlobContainer(SocketsHttpHandler http, BlobServiceClient service, string name)
    {
        _http = http;
        _client = service.GetBlobContainerClient(name);
    }

    /// <summary>Whether links can be signed: only the account's key does that for as long as pictures live.</summary>
    public bool CanSign => _client.CanGenerateSasUri;

    /// <summary>Reached by a connection string that holds the account's key, or a shared access signature.</summary>
    public static BlobContainer Of(string connectionString, string name)
    {
        var http = Handler();
        return new(http, new BlobServiceClient(connectionString, Settings(http)), name);
    }

    /// <summary>Reached by the account's blob endpoint: with the shared access signature in its query, or with the identity the process runs under.</summary>
    public static BlobContainer Of(Uri service, string name)
    {
        var http = Handler();
        return new(http, IsSigned(service) ? new BlobServiceClient(service, Settings(http)) : new BlobServiceClient(service, Identity(http), Settings(http)), name);
    }

    /// <summary>Whether a text is a connection string that holds a credential. What is wrong with it is not told: it may hold a key.</summary>
    public static bool IsConnectionString(string text)
    {
        try
        {
            return new BlobServiceClient(text) is { CanGenerateAccountSasUri: true } || text.Contains("SharedAccessSignature=", StringComparison.OrdinalIgnoreCase);
        }
        catch (Exception error) when (error is ArgumentException or FormatException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Whether a connection string holds the account's key.</summary>
    public static bool HasKey(string connectionString) => new BlobServiceClient(connectionString).CanGenerateAccountSasUri;

    /// <summary>Whether an endpoint has a shared access signature in its query.</summary>
    public static bool IsSigned(Uri service) => service.Query.Contains("sig=", StringComparison.Ordinal);

    /// <summary>Looks whether the container will do, and makes it if it is missing.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be reached, written to or made.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ProbeAsync(cancellationToken);
        }
        catch (RequestFailedException error) when (BlobErrors.HasNoContainer(error))
        {
            await CreateAsync(cancellationToken);
            await EnsureWritableAsync(cancellationToken);
        }
        catch (Exception error) when (BlobErrors.IsUnavailable(error, cancellationToken))
        {
            throw BlobErrors.Unavailable(error);
        }
    }

    public void Dispose() => _http.Dispose();

    /// <exception cref="StoreUnavailableException">Nothing can be written to it at present.</exception>
    internal async Task EnsureWritableAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ProbeAsync(cancellationToken);
        }
        catch (Exception error) when (BlobErrors.IsUnavailable(error, cancellationToken))
        {
            throw BlobErrors.Unavailable(error);
        }
    }

    internal BlockBlobClient BlobOf(string id) => _client.GetBlockBlobClient(BlobNames.Of(id));

    /// <summary>All blobs of artifacts, with their metadata.</summary>
    internal AsyncPageable<BlobItem> List(CancellationToken cancellationToken)
        => _client.GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, BlobNames.Objects, cancellationToken);

    private Task ProbeAsync(CancellationToken cancellationToken)
        => _client.GetBlockBlobClient(BlobNames.Probe).UploadAsync(Stream.Null, cancellationToken: cancellationToken);

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _client.CreateIfNotExistsAsync(PublicAccessType.None, cancellationToken: cancellationToken);
        }
        catch (RequestFailedException error) when (error.Status is 401 or 403)
        {
            throw new StoreUnavailableException($"The blob container {_client.Name} is missing, and the credential may not make it.", error);
        }
        catch (Exception error) when (BlobErrors.IsUnavailable(error, cancellationToken))
        {
            throw BlobErrors.Unavailable(error);
        }
    }

    private static DefaultAzureCredential Identity(SocketsHttpHandler http) => new(new DefaultAzureCredentialOptions { Transport = new HttpClientTransport(http) });

    /// <summary>Whoever reads slowly keeps a connection: nobody else may have to wait for one.</summary>
    private static SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    private static BlobClientOptions Settings(SocketsHttpHandler http)
    {
        var settings = new BlobClientOptions { Transport = new HttpClientTransport(http) };
        settings.Retry.MaxRetries = Retries;
        settings.Retry.Delay = FirstWait;
        settings.Retry.MaxDelay = LongestWait;
        settings.Retry.NetworkTimeout = Patience;
        settings.Diagnostics.IsLoggingEnabled = false;
        settings.Diagnostics.IsTelemetryEnabled = false;
        settings.Diagnostics.IsDistributedTracingEnabled = false;
        return settings;
    }
}

using System.Net;
using System.Net.Http.Headers;

using Microsoft.Extensions.DependencyInjection;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Storage.AzureBlob;

using static MPilot.Jobs.Storage.Tests.Samples.SampleJobs;

namespace MPilot.Jobs.Storage.Tests.AzureBlob;

public sealed class BlobLinksTests : IAsyncLifetime
{
    /// <summary>The server looks at the real time.</summary>
    private static readonly DateTimeOffset Later = new(2090, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ArtifactRef _artifact = new(NextId("art"), ArtifactRole.Result, "image/webp", 1000, new string('a', 64));
    private readonly ServiceProvider _services = new ServiceCollection().AddHttpClient().BuildServiceProvider();
    private BlobStore _store = null!;
    private BlobLinks _links = null!;

    private HttpClient Http => _services.GetRequiredService<IHttpClientFactory>().CreateClient();

    public async Task InitializeAsync()
    {
        _store = await BlobStore.OpenAsync();
        _links = new(_store.Container);
        await WriteAsync(_artifact.Id);
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        _store.Dispose();
    }

    [Fact]
    public async Task Sign_WhenFetched_ServesThePictureAsWhatItIs()
    {
        var answer = await Http.GetAsync(_links.Sign(_artifact, "edit-0.webp", Later));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsByteArrayAsync()).ShouldBe(Bytes());
        answer.Content.Headers.ContentType!.ToString().ShouldBe("image/webp");
        answer.Content.Headers.ContentDisposition!.ToString().ShouldBe("inline; filename=\"edit-0.webp\"");
        answer.Headers.CacheControl!.Private.ShouldBeTrue();
    }

    [Fact]
    public async Task Sign_WhenARangeIsAskedFor_ServesJustThat()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _links.Sign(_artifact, "edit-0.webp", Later));
        request.Headers.Range = new RangeHeaderValue(10, 19);

        var answer = await Http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        (await answer.Content.ReadAsByteArrayAsync()).ShouldBe(Bytes()[10..20]);
    }

    [Fact]
    public async Task Sign_WhenUsedForAnythingElse_IsRefused()
    {
        var other = NextId("art");
        await WriteAsync(other);
        var link = _links.Sign(_artifact, "edit-0.webp", Later);

        (await Http.PutAsync(link, new ByteArrayContent([1]) { Headers = { { "x-ms-blob-type", "BlockBlob" } } })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await Http.DeleteAsync(link)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var elsewhere = new Uri(link.AbsoluteUri.Replace(BlobPath(_artifact.Id), BlobPath(other), StringComparison.Ordinal));
        elsewhere.ShouldNotBe(link);
        (await Http.GetAsync(elsewhere)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var longer = new Uri(link.AbsoluteUri.Replace("se=2090", "se=2091", StringComparison.Ordinal));
        longer.ShouldNotBe(link);
        (await Http.GetAsync(longer)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Sign_WhenItsEndHasPassed_IsRefused()
        => (await Http.GetAsync(_links.Sign(_artifact, "edit-0.webp", new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

    [Fact]
    public void Sign_WhenMadeAgain_IsTheSame()
        => _links.Sign(_artifact, "edit-0.webp", Later).ShouldBe(_links.Sign(_artifact, "edit-0.webp", Later));

    [Theory]
    [InlineData("https", "spr=https&")]
    [InlineData("http", "spr=https,http&")]
    public void Sign_WhenTheAccountHasTls_IsGoodForTlsOnly(string scheme, string protocols)
    {
        using var container = BlobContainer.Of($"AccountName=a;AccountKey={AzuriteServer.Key};BlobEndpoint={scheme}://a.blob.core.windows.net", "pictures");

        var link = new BlobLinks(container).Sign(_artifact, "edit-0.webp", Later);

        link.GetLeftPart(UriPartial.Path).ShouldBe($"{scheme}://a.blob.core.windows.net/pictures/{BlobPath(_artifact.Id)}");
        link.Query.ShouldContain(protocols);
        link.Query.ShouldContain("sp=r&");
    }

    private static string BlobPath(string id) => $"objects/{id[^2..]}/{id}";

    private static byte[] Bytes() => [.. Enumerable.Range(0, 1000).Select(i => (byte)i)];

    private async Task WriteAsync(string id)
    {
        await using var writer = await _store.Artifacts(new ManualTime(Start)).CreateAsync(id, default);
        await writer.WriteAsync(Bytes(), default);
        await writer.CommitAsync(default);
    }
}

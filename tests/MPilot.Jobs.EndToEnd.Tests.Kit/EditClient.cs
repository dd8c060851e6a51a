using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

using Microsoft.Extensions.DependencyInjection;

using MPilot.Jobs.Tests.Kit;

using Shouldly;

namespace MPilot.Jobs.EndToEnd.Tests.Kit;

/// <summary>Talks to the service the way a hand-written client does.</summary>
public sealed class EditClient : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddHttpClient().BuildServiceProvider();

    public HttpClient Http { get; private set; } = null!;

    public static EditClient For(ServiceProcess service)
    {
        var client = new EditClient();
        client.Http = client._services.GetRequiredService<IHttpClientFactory>().CreateClient();
        client.Http.BaseAddress = service.Address;
        client.Http.Timeout = TimeSpan.FromMinutes(2);
        return client;
    }

    /// <summary>A form of text fields and one picture under <c>image</c>.</summary>
    public static MultipartFormDataContent Form(ReadOnlyMemory<byte> image, params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        if (!image.IsEmpty)
        {
            var part = new ReadOnlyMemoryContent(image);
            part.Headers.ContentType = new MediaTypeHeaderValue("image/png");
            form.Add(part, "image", "picture.png");
        }

        return form;
    }

    /// <summary>Posts an edit as JSON.</summary>
    public async Task<(HttpResponseMessage Response, JsonNode Body)> PostAsync(JsonObject edit)
    {
        using var content = new StringContent(edit.ToJsonString(), Encoding.UTF8, "application/json");
        return await PostAsync(content);
    }

    /// <summary>Posts an edit.</summary>
    public async Task<(HttpResponseMessage Response, JsonNode Body)> PostAsync(HttpContent content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/images/edits") { Content = content };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var response = await Http.SendAsync(request);
        return (response, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    /// <summary>Reads a JSON resource.</summary>
    public async Task<(HttpResponseMessage Response, JsonNode Body)> GetAsync(string path)
    {
        var response = await Http.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute));
        return (response, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    /// <summary>The job once it is final; asks as long as a minute.</summary>
    public async Task<JsonNode> FinalAsync(string job)
    {
        for (var i = 0; i < 6; i++)
        {
            var (_, body) = await GetAsync($"/v1/jobs/{job}?wait=10");
            if ((string?)body["status"] is "succeeded" or "failed" or "canceled")
            {
                return body;
            }
        }

        throw new TimeoutException($"{job} did not end.");
    }

    /// <summary>Submits an edit of a sample picture for later; its job's id.</summary>
    public static async Task<string> SubmitAsync(ServiceProcess service, string prompt, params (string Name, string Value)[] headers)
    {
        using var client = For(service);
        using var form = Form(Png.Gradient(), ("model", "openai/gpt-image-2"), ("prompt", prompt));
        var (response, body) = await client.PostAsync(form, [("Prefer", "respond-async"), .. headers]);
        ((int)response.StatusCode).ShouldBe(202, body.ToJsonString());
        return (string)body["id"]!;
    }

    public void Dispose()
    {
        Http.Dispose();
        _services.Dispose();
    }
}

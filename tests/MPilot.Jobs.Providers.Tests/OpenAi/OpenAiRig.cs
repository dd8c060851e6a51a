namespace MPilot.Jobs.Providers.Tests.OpenAi;

/// <summary>Rigs for OpenAI's wire.</summary>
internal static class OpenAiRig
{
    public const string Secret = "sk-test-0001";

    public static DriverRig Against(string baseUrl, params string[] downloadHosts) => new(
        new() { Kind = "openai", BaseUrl = new(baseUrl), DownloadHosts = [.. downloadHosts], Keys = [new() { Secret = Secret }] }, "gpt-image-2", TimeProvider.System);
}

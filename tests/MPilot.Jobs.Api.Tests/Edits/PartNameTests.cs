using MPilot.Jobs.Api.Tests.Support;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Api.Tests.Edits;

/// <summary>Parts that one reader would call this and another that.</summary>
public sealed class PartNameTests
{
    [Theory]
    [InlineData("Content-Disposition: form-data; name=\"user\"\r\nContent-Disposition: form-data; name=\"n\"")]
    [InlineData("Content-Disposition: form-data; name=\"user\"; name=\"n\"")]
    [InlineData("Content-Disposition: form-database; name=\"user\"")]
    public async Task Edit_WhenAPartHasNoNameOfItsOwn_IsRefused(string headers)
    {
        await using var host = await ApiHost.StartAsync();

        var answer = await host.EditAsync(Form.Minimal().Part(headers, "1"u8.ToArray()));

        (answer.Status, answer.Code).ShouldBe((400, "invalid_multipart"));
        host.Artifacts.Bytes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Content-Disposition: form-data ;name=user")]
    [InlineData("content-disposition: FORM-DATA; NAME=\"user\"")]
    public async Task Edit_WhenANameIsWrittenOddly_IsRead(string headers)
    {
        await using var host = await ApiHost.StartAsync();

        (await host.EditAsync(Form.Minimal().Part(headers, "someone"u8.ToArray()))).Status.ShouldBe(200);

        host.Submitted.Spec.User.ShouldBe("someone");
    }
}

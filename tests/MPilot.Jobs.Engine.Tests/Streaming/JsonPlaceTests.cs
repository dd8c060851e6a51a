using System.Text;

using MPilot.Jobs.Engine.Streaming;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Engine.Tests.Streaming;

public sealed class JsonPlaceTests
{
    [Theory]
    [InlineData("", "", false)]
    [InlineData("[", "", false)]
    [InlineData("[1,", "", false)]
    [InlineData("[{\"a\":", "", false)]
    [InlineData("{", "", true)]
    [InlineData("{\"a\":", "a", false)]
    [InlineData("{\"a\":1,", "a", true)]
    [InlineData("{\"a\":[1,2],\"b\":", "b", false)]
    [InlineData("{\"a\":[", "a[0]", false)]
    [InlineData("{\"a\":[1,\"x\",", "a[2]", false)]
    [InlineData("{\"a\":[1,{\"x\":[]},[[2]],", "a[3]", false)]
    [InlineData("{\"a\":[{\"x\":", "a[0]", false)]
    [InlineData("{\"a\":[1,{", "a[1]", true)]
    [InlineData("{\"a\":[1,{\"x\":{\"y\":[3,{\"z\":", "a[1]", false)]
    [InlineData("{\"a\":{\"x\":[1,2,", "a", false)]
    [InlineData("{\"a\":[9,9],\"b\":{\"c\":[", "b", false)]
    [InlineData("{\"a\":[1,[", "a[1]", false)]
    [InlineData("{\"\\u0061\\\"\":[null,", "a\"[1]", false)]
    public void After_WhenADocumentBegins_SaysWhereItGoesOn(string beginning, string place, bool isName)
    {
        JsonPlace.After(Encoding.UTF8.GetBytes(beginning), out var expectsName).ShouldNotBeNull().ToString().ShouldBe(place);

        expectsName.ShouldBe(isName);
    }

    [Theory]
    [InlineData("}")]
    [InlineData("{]")]
    [InlineData("{\"a\":nope,")]
    [InlineData("{\"\\ud800\":")]
    public void After_WhenItIsNoJson_SaysSo(string beginning) => JsonPlace.After(Encoding.UTF8.GetBytes(beginning), out _).ShouldBeNull();

    [Fact]
    public void After_WhenNestingIsAsDeepAsItMayBe_StillKnows()
    {
        var deep = "{\"a\":[" + string.Concat(Enumerable.Repeat("[", 62));

        JsonPlace.After(Encoding.UTF8.GetBytes(deep), out _).ShouldBe(new JsonPlace("a", 0));
        JsonPlace.After(Encoding.UTF8.GetBytes(deep + "["), out _).ShouldBeNull();
    }
}
